import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { incomplete, inside } from './page.fixture.js';

/** @param {string} source */
const shown = source => inside(incomplete(source)).replaceAll(' dir="auto"', '');

describe('incomplete markdown', () => {
  for (const [typed, seen] of [
    ['a **bo', '<p>"a "<strong>"bo"</strong></p>'],
    ['a **bold*', '<p>"a "<strong>"bold"</strong></p>'],
    ['a **b *i', '<p>"a "<strong>"b "<em>"i"</em></strong></p>'],
    ['a **b ', '<p>"a "<strong>"b"</strong></p>'],
    ['a **', '<p>"a "</p>'],
    ['a ~~b', '<p>"a "<del>"b"</del></p>'],
    ['a _b', '<p>"a "<em>"b"</em></p>'],
    ['a `b *c', '<p>"a "<code>"b *c"</code></p>'],
    ['a ``b ` c`', '<p>"a "<code>"b ` c"</code></p>'],
    ['a `', '<p>"a "</p>'],
    ['a [te', '<p>"a "<a>"te"</a></p>'],
    ['a [text](https://a.exa', '<p>"a "<a>"text"</a></p>'],
    ['a [text](https://a.example "ti', '<p>"a "<a>"text"</a></p>'],
    ['**a [te', '<p><strong>"a "<a>"te"</a></strong></p>'],
    ['a ![al', '<p>"a "<a class="image">"al"</a></p>'],
    ['a <https://a.ex', '<p>"a "</p>'],
    ['a &am', '<p>"a "</p>'],
    ['a \\', '<p>"a "</p>'],
    ['a \\\\', '<p>"a ""\\\\"</p>'],
    ['a \\(', '<p>"a "</p>'],
    ['a \\(x_1', '<p>"a "</p>'],
    ['a \\[x_1\n= y', '<p>"a "</p>'],
    ['a $$x_1$', '<p>"a "</p>'],
    ['a $', '<p>"a "</p>'],
    ['a\n\n\\[\nx_1 *y*\n', '<p>"a"</p>'],
    ['- a\n  $$\n  x\n', '<ul><li>"a"</li></ul>'],
    ['a \\(see below', '<p>"a ""(""see below"</p>'],
    ['a \\(x_1 \\text{**b**}', '<p>"a "</p>'],
    ['a \\[sic', '<p>"a ""[""sic"</p>'],
    ['a <sub>b', '<p>"a "<sub>"b"</sub></p>'],
    ['a <mark>*b', '<p>"a "<mark><em>"b"</em></mark></p>'],
    ['a <su', '<p>"a "</p>'],
    ['a [^1', '<p>"a "</p>'],
    ['a \ue200cite\ue202turn', '<p>"a "</p>'],
    ['a【4:0†fi', '<p>"a"</p>'],
    ['a\n\n<deta', '<p>"a"</p>'],
    ['a\n\n\\[', '<p>"a"</p>'],
    ['a\n\n$$', '<p>"a"</p>'],
    ['a\n\n#', '<p>"a"</p>'],
    ['a\n\n## ', '<p>"a"</p>'],
    ['a\n--', '<p>"a"</p>'],
    ['a\n\n```ja', '<p>"a"</p>'],
    ['a\n\n1.', '<p>"a"</p>'],
    ['a\n\n- [x', '<p>"a"</p>'],
    ['a\n\n>', '<p>"a"</p>'],
    ['a\n\n| b | c |', '<p>"a"</p>'],
    ['a\n\n| b | c |\n|--', '<p>"a"</p>'],
    ['a 😀'.slice(0, -1), '<p>"a "</p>'],
  ]) {
    it(`hides a marker that the next letter could remove: ${JSON.stringify(typed)}`, () => {
      assert.equal(shown(typed), seen);
    });
  }

  for (const [typed, seen] of [
    ['2 * 3', '"2 * 3"'],
    ['2*3 a', '"2*3 a"'],
    ['a_b c', '"a_b c"'],
    ['arr[0', '"arr[0"'],
    ['a [b] c', '"a [b] c"'],
    ['a [b](no link, c', '"a [b](no link, c"'],
    ['a & b', '"a & b"'],
    ['a**"b', '"a**\\"b"'],
    ['a < b', '"a < b"'],
    ['costs $5', '"costs $5"'],
    ['takes ~3 hours', '"takes ~3 hours"'],
    ['~3~5 minutes', '"~3~5 minutes"'],
    ["Luigi's ($$) is great", '"Luigi\'s ($$) is great"'],
    ['The PID is $$, th', '"The PID is $$, th"'],
    ['a price of $$ and mo', '"a price of $$ and mo"'],
  ]) {
    it(`does not treat plain text as markup: ${typed}`, () => {
      assert.equal(shown(typed), `<p>${seen}</p>`);
    });
  }

  for (const marker of ['*', '**', '_', '__', '~~', '`', '[', '<sub>', '<mark>']) {
    it(`shows a marker as it stands once nothing has closed it for a line: ${marker}`, () => {
      const words = 'word '.repeat(15).trim();
      assert.equal(incomplete(`a ${marker}${words}`).textContent, `a ${words}`);
      const text = `a ${marker}${words} and ${words}`;
      assert.equal(shown(text).replaceAll('""', ''), `<p>${JSON.stringify(text)}</p>`);
      assert.equal(shown(`a ${marker}b\nc`).includes('<br>'), true);
      assert.equal(incomplete(`a ${marker}b\nc`).querySelectorAll('p > :not(br)').length, 0);
    });
  }

  it('does not let a marker at the end close a long run, because the next letter could open it', () => {
    const words = 'word '.repeat(20);
    assert.equal(shown(`a **kw ${words}x*`), `<p>"a **kw ${words}x"</p>`);
    assert.equal(shown(`a **kw ${words}x**\n`), `<p>"a "<strong>"kw ${words}x"</strong></p>`);
  });

  it('renders a table from its delimiter row on, cell by cell', () => {
    const root = incomplete('| a | b |\n|---|---|\n| 1 | **2');
    assert.equal(root.querySelectorAll('th').length, 2);
    assert.equal(root.querySelector('td strong')?.textContent, '2');
  });

  it('hides a partial closing fence', () => {
    for (const closing of ['`', '``', '```']) {
      const root = incomplete(`\`\`\`js\nlet a;\n${closing}`);
      assert.equal(root.querySelector('code')?.textContent, 'let a;');
    }
  });

  it('completes only the last block', () => {
    assert.equal(shown('a **b\n\nc'), '<p>"a **b"</p><p>"c"</p>');
  });
});
