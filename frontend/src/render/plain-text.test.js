import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainText } from './plain-text.js';

describe('markdown read aloud', () => {
  for (const [behaviour, source, spoken] of [
    [
      'is words without markup',
      '# Hi\n\nA **bold** `x` [link](https://a.example).',
      'Hi\nA bold x link.',
    ],
    ['counts code instead of reading it', '```java\na\n\nb\n```', 'code block, Java, 3 lines'],
    ['counts one line as one', '```\na\n```', 'code block, 1 line'],
    ['has an item a line', '- a\n- b\n  - c\n\n1. d', 'a\nb\nc\nd'],
    ['says what is done', '- [x] a\n- [ ] b\n\n  more', 'Done: a\nTo do: b\nmore'],
    ['has a table row a line', '| a | b |\n|---|---|\n| 1 | *2* |', 'a, b\n1, 2'],
    ['reads an image by its words', '![a cat](https://a.example/c.png)', 'a cat'],
    ['leaves tags out', '<div>a</div>\n\nb <br> <i>c</i>', 'a\nb c'],
    ['resolves character references', 'a &amp; b &lt; c', 'a & b < c'],
    ['joins the lines of a paragraph', 'a\nb  \nc', 'a b c'],
    ['leaves definitions and rules out', 'a [b][c]\n\n---\n\n[c]: https://a.example', 'a b'],
    ['is nothing where there is nothing', '', ''],
  ]) {
    it(behaviour, () => assert.equal(plainText(source), spoken));
  }
});
