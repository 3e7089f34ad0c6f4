import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { markdown } from './markdown.js';
import { cut, emptyRoot, finished, incomplete, inside, shape } from './page.fixture.js';
import { samples } from './samples.fixture.js';

/** @param {string} source */
const rendered = source => inside(finished(source)).replaceAll(' dir="auto"', '');

describe('markdown', () => {
  it('renders emphasis, strong, deleted text and code spans', () => {
    assert.equal(
      rendered('*a* **b** ~~c~~ `d`'),
      '<p><em>"a"</em>" "<strong>"b"</strong>" "<del>"c"</del>" "<code>"d"</code></p>',
    );
  });

  it('renders headings from h3 (a turn is an h2) to h6', () => {
    assert.equal(
      rendered('# a\n## b\n### c\n#### d\n##### e\n###### f'),
      '<h3>"a"</h3><h4>"b"</h4><h5>"c"</h5><h6>"d"</h6><h6>"e"</h6><h6>"f"</h6>',
    );
  });

  it('keeps the numbers of a list, but for repeated ones', () => {
    /** @param {string} source */
    const values = source =>
      [...finished(source).querySelectorAll('li')].map(
        ({ attributes }) => attributes.getNamedItem('value')?.value,
      );
    assert.deepEqual(values('1. a\n3. b\n4. c\n8. d'), [undefined, '3', undefined, '8']);
    assert.deepEqual(values('1. a\n1. b\n1. c'), [undefined, undefined, undefined]);
    assert.deepEqual(values('- 7\n- 9'), [undefined, undefined]);
    assert.deepEqual(values('10. a\n9. b\n8. c'), [undefined, '9', '8']);
    assert.deepEqual(values('2. a\n1. b\n0. c'), [undefined, '1', '0']);
    assert.deepEqual(values('30. a\n20. b\n30. c'), [undefined, undefined, undefined]);
  });

  it('keeps the start number of a list', () => {
    assert.equal(rendered('3. a\n4. b'), '<ol start="3"><li>"a"</li><li>"b"</li></ol>');
  });

  it('renders tasks as disabled checkboxes', () => {
    assert.equal(
      rendered('- [ ] a\n- [x] b'),
      '<ul><li class="task"><input aria-label="To do" disabled="" type="checkbox"></input>"a"</li>' +
        '<li class="task"><input aria-label="Done" checked="" disabled="" type="checkbox"></input>"b"</li></ul>',
    );
  });

  it('marks the long cells of a table, which keep a minimum width', () => {
    const table = finished('| a |\n|---|\n| A cell of a few more words |\n| short |');
    const long = [...table.querySelectorAll('[data-long]')].map(cell => cell.textContent);
    assert.deepEqual(long, ['A cell of a few more words']);
  });

  it('renders a table in a labelled region that scrolls and is focusable', () => {
    assert.equal(
      rendered('| *a* | b |\n|---|--:|\n| 1 | 2 |'),
      '<div aria-label="Table: a, b" class="table-scroll" role="region" tabindex="0"><table>' +
        '<thead><tr><th scope="col"><em>"a"</em></th><th data-align="right" scope="col">"b"</th></tr></thead>' +
        '<tbody><tr><td>"1"</td><td data-align="right">"2"</td></tr></tbody></table></div>',
    );
  });

  it('does not treat dollar signs as markup', () => {
    assert.equal(rendered('$5 and $10, $x$'), '<p>"$5 and $10, $x$"</p>');
  });

  it('gives each block dir=auto', () => {
    for (const block of finished('a\n\n- b\n\n# c\n\n> d\n\n| e |\n|---|\n').children) {
      assert.equal(block.getAttribute('dir'), 'auto', block.tagName);
    }
  });

  it('decodes character references once', () => {
    assert.equal(
      rendered('&lt;b&gt; &amp;lt; &#65; &nope; `&lt;`').includes('"<b> &lt; A &nope; "'),
      true,
    );
    assert.equal(rendered('`&lt;`'), '<p><code>"&lt;"</code></p>');
  });

  it('parses the text after a raw tag as if the tag were text', () => {
    const root = finished('<a href=x> https://z.example\n\n<code> &#65;\n');
    assert.equal(root.querySelector('a')?.getAttribute('href'), 'https://z.example/');
    assert.equal(root.lastElementChild?.textContent, '<code> A');
  });

  it('returns the source it was given', () => {
    const answer = markdown(emptyRoot());
    for (const text of ['a **b', '** c\n', '\n- [x']) answer.append(text);
    assert.equal(answer.text(), 'a **b** c\n\n- [x');
  });
});

describe('streamed markdown', () => {
  for (const [name, source] of Object.entries(samples)) {
    it(`renders the same wherever the stream is cut: ${name}`, () => {
      const whole = inside(finished(source));
      for (let at = 1; at < source.length; at++) {
        assert.equal(
          inside(finished(source.slice(0, at), source.slice(at))),
          whole,
          `cut at ${at}`,
        );
      }
      for (const size of [1, 2, 7]) {
        assert.equal(inside(finished(...cut(source, size))), whole, `parts of ${size}`);
      }
    });
  }

  it('renders the same for every sequence of samples and every cut', () => {
    const sample = fc.constantFrom(...Object.values(samples));
    const glue = fc.constantFrom('', '\n', '\n\n', '\n- ', '\n> ', '\n  ', '1. ');
    const source = fc.array(fc.tuple(glue, sample), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(source, fc.integer({ min: 1, max: 90 }), (parts, size) => {
        const text = parts.flat().join('');
        assert.equal(inside(finished(...cut(text, size))), inside(finished(text)));
      }),
      { numRuns: 60 },
    );
  });

  it('renders the same for every sequence of markers', () => {
    const marks =
      '\n,\n\n, ,    ,- ,1. ,2,# ,> ,```,`,**,*,_,~~,[,](,),![,|,|-|\n,---,===,<b>,&amp;,\\,a,word,😀';
    const ours =
      '<sub>,</sub>,<mark>,\\(,\\),\\[,\\[\n,\n\\],$$,$,\n$$\n,[^1],[^n],\n[^n]: ,<details>\n,<summary>,</summary>,' +
      '\n</details>\n,\ue200a\ue201,【1†a】,https://a.b/,```md\n,\n```\n,:,：,。,中,__a__,C:\\,\u202e,~,\n| a |\n|-|\n,$a_';
    const mark = fc.constantFrom(...marks.split(','), ...ours.split(','));
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 24 }), parts => {
        const text = parts.join('');
        assert.equal(inside(finished(...cut(text, 1))), inside(finished(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the DOM node of every block but the last', () => {
    for (const [name, source] of Object.entries(samples)) {
      const root = emptyRoot();
      const answer = markdown(root);
      /** @type {Element[]} */
      let before = [];
      for (const letter of source) {
        answer.append(letter);
        const now = [...root.children];
        before.slice(0, -1).forEach((block, at) => {
          assert.equal(now[at], block, `${name}: block ${at} of ${JSON.stringify(answer.text())}`);
        });
        before = now;
      }
    }
  });

  it('appends to the existing text node', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    answer.append('Hello');
    const text = root.firstChild?.firstChild;
    answer.append(' wor');
    answer.append('ld **bold** more');
    assert.equal(root.firstChild?.firstChild, text);
    assert.equal(text?.textContent, 'Hello world ');
  });

  it('keeps the DOM node of incomplete emphasis, links and items', () => {
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
      answer.append(open);
      const node = root.querySelector(selector);
      assert.ok(node, open);
      for (const letter of rest) answer.append(letter);
      answer.finish();
      assert.equal(root.contains(node), true, open);
    }
  });

  it('renders earlier items as paragraphs once the list is loose', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    answer.append('- a\n- b\n');
    assert.equal(root.querySelectorAll('li > p').length, 0);
    answer.append('\n- c\n');
    assert.equal(root.querySelectorAll('li > p').length, 3);
  });

  it('turns a paragraph with an underline into a heading', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    answer.append('Title');
    assert.equal(shape(root.children[0]), '<p dir="auto">"Title"</p>');
    answer.append('\n==');
    assert.equal(shape(root.children[0]), '<p dir="auto">"Title"</p>');
    answer.append('\n');
    assert.equal(shape(root.children[0]), '<h3 dir="auto">"Title"</h3>');
  });

  it('distinguishes inline code from a code block at the same place', () => {
    const root = finished('x\n- `a', '`\n\n', '- b\n\n      code\n');
    assert.equal(root.querySelectorAll('figure').length, 1);
  });

  it('resolves a link that was defined in a much earlier block', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    for (const text of ['[d]: https://a.example\n\none\n', '\ntwo\n', '\nthree [d]\n'])
      answer.append(text);
    assert.equal(root.querySelector('a')?.getAttribute('href'), 'https://a.example/');
  });

  it('joins a carriage return with a line feed of the next chunk', () => {
    assert.equal(inside(finished('a\r', '\nb')), inside(finished('a\nb')));
  });
});

describe('the end of streamed markdown', () => {
  it('changes no DOM node that is already correct', () => {
    for (const source of [samples.prose, samples.tight, samples.tables, samples.quotes]) {
      const root = emptyRoot();
      const answer = markdown(root);
      for (const letter of source) answer.append(letter);
      const observer = new MutationObserver(() => {});
      observer.observe(root, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
      answer.finish();
      assert.deepEqual(observer.takeRecords(), []);
    }
  });

  it('renders the syntax that was hidden while incomplete', () => {
    assert.equal(inside(incomplete('It is\n4')), '<p dir="auto">"It is"</p>');
    assert.equal(inside(finished('It is\n4')), '<p dir="auto">"It is"<br></br>"4"</p>');
    assert.equal(inside(finished('**open')), '<p dir="auto">"**open"</p>');
  });

  it('resolves links whose definitions follow their use', () => {
    const root = finished(...cut(samples.references, 3));
    const links = [...root.querySelectorAll('a')];
    assert.deepEqual(
      links.map(link => [link.textContent, link.getAttribute('href')]),
      ['the docs', 'd', 'd'].map(words => [words, 'https://docs.example/']),
    );
  });

  it('keeps the blocks that a late link definition does not change', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    answer.append('plain\n\nuse [x]\n\nlast\n\n[x]: https://a.example\n');
    const [plain, use, last] = root.children;
    answer.finish();
    assert.deepEqual([...root.children], [plain, use, last]);
    assert.equal(use.querySelector('a')?.getAttribute('href'), 'https://a.example/');
  });

  it('changes nothing when called twice or after an empty append', () => {
    const root = emptyRoot();
    const answer = markdown(root);
    answer.append('- one\n- two');
    answer.finish();
    const [list] = root.children;
    answer.append('');
    answer.finish();
    assert.deepEqual([...root.children], [list]);
  });

  it('renders text appended after the end like one stream', () => {
    for (const source of [samples.prose, samples.tight, samples.references]) {
      const at = source.length / 2;
      const root = emptyRoot();
      const answer = markdown(root);
      answer.append(source.slice(0, at));
      answer.finish();
      for (const letter of source.slice(at)) answer.append(letter);
      answer.finish();
      assert.equal(inside(root), inside(finished(source)));
    }
  });
});

describe('a translated answer', () => {
  /** Replaces the text of every paragraph, as the translation of Chromium does. */
  const translate = (/** @type {HTMLElement} */ root) => {
    for (const paragraph of root.querySelectorAll('p, li, strong'))
      for (const node of [...paragraph.childNodes]) {
        if (node.nodeType !== 3) continue;
        const font = document.createElement('font');
        font.append(`(${node.textContent})`);
        node.replaceWith(font);
      }
  };

  it('has all its words again, wherever it is cut', () => {
    const source = 'One **two** three.\n\n- four\n- five\n\nSix seven.';
    fc.assert(
      fc.property(fc.array(fc.nat(source.length), { maxLength: 8 }), cuts => {
        const root = emptyRoot();
        const { append, finish } = markdown(root);
        const at = [0, ...cuts.sort((one, other) => one - other), source.length];
        for (const [index, to] of at.slice(1).entries()) {
          append(source.slice(at[index], to));
          translate(root);
        }
        finish();
        assert.equal(inside(root), inside(finished(source)));
      }),
    );
  });

  it('shows the words that arrive while it streams', () => {
    const root = emptyRoot();
    const { append } = markdown(root);
    append('One two');
    translate(root);
    append(' three');
    assert.equal(root.textContent, 'One two three');
  });
});
