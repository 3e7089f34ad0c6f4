import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { markdown } from './markdown.js';
import { cut, emptyRoot, growing, inside, settled, shape } from './page.fixture.js';
import { samples } from './samples.fixture.js';

/** @param {string} source */
const rendered = source => inside(settled(source)).replaceAll(' dir="auto"', '');

describe('markdown', () => {
  it('shows emphasis, strong, struck and code words', () => {
    assert.equal(
      rendered('*a* **b** ~~c~~ `d`'),
      '<p><em>"a"</em>" "<strong>"b"</strong>" "<del>"c"</del>" "<code>"d"</code></p>',
    );
  });

  it('begins its headings at h3, as a turn is an h2, and ends at h6', () => {
    assert.equal(
      rendered('# a\n## b\n### c\n#### d\n##### e\n###### f'),
      '<h3>"a"</h3><h4>"b"</h4><h5>"c"</h5><h6>"d"</h6><h6>"e"</h6><h6>"f"</h6>',
    );
  });

  it('keeps the number a list starts with', () => {
    assert.equal(rendered('3. a\n4. b'), '<ol start="3"><li>"a"</li><li>"b"</li></ol>');
  });

  it('shows tasks as boxes that cannot be ticked', () => {
    assert.equal(
      rendered('- [ ] a\n- [x] b'),
      '<ul><li class="task"><input aria-label="To do" disabled="" type="checkbox"></input>"a"</li>' +
        '<li class="task"><input aria-label="Done" checked="" disabled="" type="checkbox"></input>"b"</li></ul>',
    );
  });

  it('puts a table in a named region that scrolls and takes the focus', () => {
    assert.equal(
      rendered('| *a* | b |\n|---|--:|\n| 1 | 2 |'),
      '<div aria-label="Table: a, b" class="table-scroll" role="region" tabindex="0"><table>' +
        '<thead><tr><th scope="col"><em>"a"</em></th><th data-align="right" scope="col">"b"</th></tr></thead>' +
        '<tbody><tr><td>"1"</td><td data-align="right">"2"</td></tr></tbody></table></div>',
    );
  });

  it('leaves dollars alone', () => {
    assert.equal(rendered('$5 and $10, $x$'), '<p>"$5 and $10, $x$"</p>');
  });

  it('lets each block find its own direction', () => {
    for (const block of settled('a\n\n- b\n\n# c\n\n> d\n\n| e |\n|---|\n').children) {
      assert.equal(block.getAttribute('dir'), 'auto', block.tagName);
    }
  });

  it('resolves character references once', () => {
    assert.equal(
      rendered('&lt;b&gt; &amp;lt; &#65; &nope; `&lt;`').includes('"<b> &lt; A &nope; "'),
      true,
    );
    assert.equal(rendered('`&lt;`'), '<p><code>"&lt;"</code></p>');
  });

  it('reads what follows a raw tag as if the tag were not there', () => {
    const root = settled('<a href=x> https://z.example\n\n<code> &#65;\n');
    assert.equal(root.querySelector('a')?.getAttribute('href'), 'https://z.example/');
    assert.equal(root.lastElementChild?.textContent, '<code> A');
  });

  it('gives back the text it was given', () => {
    const answer = markdown(emptyRoot());
    for (const text of ['a **b', '** c\n', '\n- [x']) answer.write(text);
    assert.equal(answer.text(), 'a **b** c\n\n- [x');
  });
});

describe('a stream of markdown', () => {
  for (const [name, source] of Object.entries(samples)) {
    it(`ends the same wherever it is cut: ${name}`, () => {
      const whole = inside(settled(source));
      for (let at = 1; at < source.length; at++) {
        assert.equal(inside(settled(source.slice(0, at), source.slice(at))), whole, `cut at ${at}`);
      }
      for (const size of [1, 2, 7]) {
        assert.equal(inside(settled(...cut(source, size))), whole, `pieces of ${size}`);
      }
    });
  }

  it('ends the same however samples follow each other and are cut', () => {
    const sample = fc.constantFrom(...Object.values(samples));
    const glue = fc.constantFrom('', '\n', '\n\n', '\n- ', '\n> ', '\n  ', '1. ');
    const source = fc.array(fc.tuple(glue, sample), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(source, fc.integer({ min: 1, max: 90 }), (parts, size) => {
        const text = parts.flat().join('');
        assert.equal(inside(settled(...cut(text, size))), inside(settled(text)));
      }),
      { numRuns: 60 },
    );
  });

  it('ends the same whatever marks it is made of', () => {
    const marks =
      '\n,\n\n, ,    ,- ,1. ,2,# ,> ,```,`,**,*,_,~~,[,](,),![,|,|-|\n,---,===,<b>,&amp;,\\,a,word,😀';
    const mark = fc.constantFrom(...marks.split(','));
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 24 }), parts => {
        const text = parts.join('');
        assert.equal(inside(settled(...cut(text, 1))), inside(settled(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every block but the last while it grows', () => {
    for (const [name, source] of Object.entries(samples)) {
      const root = emptyRoot();
      const answer = markdown(root);
      /** @type {Element[]} */
      let before = [];
      for (const letter of source) {
        answer.write(letter);
        const now = [...root.children];
        before.slice(0, -1).forEach((block, at) => {
          assert.equal(now[at], block, `${name}: block ${at} of ${JSON.stringify(answer.text())}`);
        });
        before = now;
      }
    }
  });

  it('appends to the text that is on the page', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    answer.write('Hello');
    const text = root.firstChild?.firstChild;
    answer.write(' wor');
    answer.write('ld **bold** more');
    assert.equal(root.firstChild?.firstChild, text);
    assert.equal(text?.textContent, 'Hello world ');
  });

  it('keeps the emphasis, the link and the item that are being typed', () => {
    for (const [open, rest, selector] of [
      ['a **bo', 'ld** b', 'strong'],
      ['a *i', 't* b', 'em'],
      ['a `co', 'de` b', 'code'],
      ['a [te', 'xt](https://a.example) b', 'a'],
      ['- a\n- b', ' c\n- d', 'li:last-child'],
      ['|a|\n|-|\n|x', 'y|\n|z|', 'td'],
    ]) {
      const root = emptyRoot();
      const answer = markdown(root);
      answer.write(open);
      const node = root.querySelector(selector);
      assert.ok(node, open);
      for (const letter of rest) answer.write(letter);
      answer.settle();
      assert.equal(root.contains(node), true, open);
    }
  });

  it('shows earlier items as paragraphs once the list is loosened', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    answer.write('- a\n- b\n');
    assert.equal(root.querySelectorAll('li > p').length, 0);
    answer.write('\n- c\n');
    assert.equal(root.querySelectorAll('li > p').length, 3);
  });

  it('turns a paragraph into the heading its underline makes of it', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    answer.write('Title');
    assert.equal(shape(root.children[0]), '<p dir="auto">"Title"</p>');
    answer.write('\n==');
    assert.equal(shape(root.children[0]), '<p dir="auto">"Title"</p>');
    answer.write('\n');
    assert.equal(shape(root.children[0]), '<h3 dir="auto">"Title"</h3>');
  });

  it('tells inline code from a block of code in the same place', () => {
    const root = settled('x\n- `a', '`\n\n', '- b\n\n      code\n');
    assert.equal(root.querySelectorAll('figure').length, 1);
  });

  it('knows a link that was defined before its use, however far before', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    for (const text of ['[d]: https://a.example\n\none\n', '\ntwo\n', '\nthree [d]\n'])
      answer.write(text);
    assert.equal(root.querySelector('a')?.getAttribute('href'), 'https://a.example/');
  });

  it('joins a carriage return with the line feed that comes later', () => {
    assert.equal(inside(settled('a\r', '\nb')), inside(settled('a\nb')));
  });
});

describe('the end of a stream', () => {
  it('touches nothing that is right already', () => {
    for (const source of [samples.prose, samples.tight, samples.tables, samples.quotes]) {
      const root = emptyRoot();
      const answer = markdown(root);
      for (const letter of source) answer.write(letter);
      const observer = new MutationObserver(() => {});
      observer.observe(root, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
      answer.settle();
      assert.deepEqual(observer.takeRecords(), []);
    }
  });

  it('shows what was held back', () => {
    assert.equal(inside(growing('It is\n4')), '<p dir="auto">"It is"</p>');
    assert.equal(inside(settled('It is\n4')), '<p dir="auto">"It is\\n4"</p>');
    assert.equal(inside(settled('**open')), '<p dir="auto">"**open"</p>');
  });

  it('finds the links whose definitions came after their use', () => {
    const root = settled(...cut(samples.references, 3));
    const links = [...root.querySelectorAll('a')];
    assert.deepEqual(
      links.map(link => [link.textContent, link.getAttribute('href')]),
      ['the docs', 'd', 'd'].map(words => [words, 'https://docs.example/']),
    );
  });

  it('keeps the blocks that a late definition does not concern', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    answer.write('plain\n\nuse [x]\n\nlast\n\n[x]: https://a.example\n');
    const [plain, use, last] = root.children;
    answer.settle();
    assert.deepEqual([...root.children], [plain, use, last]);
    assert.equal(use.querySelector('a')?.getAttribute('href'), 'https://a.example/');
  });

  it('touches nothing the second time, and nothing when no more text follows', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    answer.write('- one\n- two');
    answer.settle();
    const [list] = root.children;
    answer.write('');
    answer.settle();
    assert.deepEqual([...root.children], [list]);
  });

  it('shows text that goes on after it like text that never ended', () => {
    for (const source of [samples.prose, samples.tight, samples.references]) {
      const at = source.length / 2;
      const root = emptyRoot();
      const answer = markdown(root);
      answer.write(source.slice(0, at));
      answer.settle();
      for (const letter of source.slice(at)) answer.write(letter);
      answer.settle();
      assert.equal(inside(root), inside(settled(source)));
    }
  });
});
