import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { finished, incomplete, inside } from './page.fixture.js';

const fenced = [
  ['a numbered step', '1. Make:\n\n   ```makefile\n   all:\n   \tgcc -o a a.c\n   ```\n'],
  ['a bullet', '- Make:\n  ```makefile\n  all:\n  \tgcc -o a a.c\n  ```\n- b\n'],
  ['the line of the marker', '10. ```makefile\n    all:\n    \tgcc -o a a.c\n    ```\n'],
  [
    'a nested list',
    '- a\n  1. b\n\n     ~~~\n     all:\n     \tgcc -o a a.c\n     ~~~\n\n  2. c\n',
  ],
  ['a list that is indented by tabs', '- a\n\n\t```\n\tall:\n\t\tgcc -o a a.c\n\t```\n'],
  ['a list that nests by tabs', '1. a\n\t- b\n\n\t\t```\n\t\tall:\n\t\t\tgcc -o a a.c\n\t\t```\n'],
  ['a list in a quotation', '> 1. a\n>    ```\n>    all:\n>    \tgcc -o a a.c\n>    ```\n'],
  ['a quotation in a list', '- > ```\n  > all:\n  > \tgcc -o a a.c\n  > ```\n'],
  [
    'a fold',
    '- <details><summary>a\n  b</summary>\n\n  ```\n  all:\n  \tgcc -o a a.c\n  ```\n\n  </details>\n',
  ],
  ['a task', '- [x] a\n\n  ```\n  all:\n  \tgcc -o a a.c\n  ```\n'],
  ['indented code', '- a\n\n      all:\n      \tgcc -o a a.c\n'],
  ['a fence of Markdown', '1. ```md\n   all:\n   \tgcc -o a a.c\n   ```\n'],
];

/** @param {HTMLElement} root */
const code = root => root.querySelector('code')?.textContent;

describe('code in a list keeps its tabs', () => {
  for (const [where, source] of fenced)
    it(`in ${where}, wherever the stream is cut`, () => {
      const whole = finished(source);
      assert.equal(code(whole), 'all:\n\tgcc -o a a.c');
      for (let at = 1; at < source.length; at++)
        assert.equal(inside(finished(source.slice(0, at), source.slice(at))), inside(whole));
    });

  it('while it is streamed', () => {
    assert.equal(code(incomplete('1. a\n   ```\n   all:\n   \tgc')), 'all:\n\tgc');
  });

  it('within a line and between blank cells', () => {
    const source = '- TSV:\n  ```\n  a\tb\tc\n  \t2\t\n  \n  1\t\t3\n  ```\n';
    assert.equal(code(finished(source)), 'a\tb\tc\n\t2\t\n\n1\t\t3');
  });

  it('but for the columns of the indentation, which a tab can hold, too', () => {
    assert.equal(code(finished('1. a\n   ```\n   b\n\t\tc\n\td\n   ```\n')), 'b\n \tc\n d');
  });

  it('and text beside it is no code', () => {
    const root = finished('1. a\n\n   \tb\n\n   ```\n   \tc\n   ```\n');
    assert.deepEqual(
      [...root.querySelectorAll('p')].map(({ textContent }) => textContent?.trim()),
      ['a', 'b'],
    );
  });
});
