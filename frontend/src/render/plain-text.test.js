import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainText } from './plain-text.js';

describe('markdown as plain text', () => {
  for (const [behaviour, source, spoken] of [
    ['has no markup', '# Hi\n\nA **bold** `x` [link](https://a.example).', 'Hi\nA bold x link.'],
    ['has the number of lines instead of code', '```java\na\n\nb\n```', 'Java code: 3 lines'],
    ['uses the singular for one line of code', '```\na\n```', 'Code: 1 line'],
    ['has one line per list item', '- a\n- b\n  - c\n\n1. d', 'a\nb\nc\nd'],
    ['names the state of tasks', '- [x] a\n- [ ] b\n\n  more', 'Done: a\nTo do: b\nmore'],
    ['has one line per table row', '| a | b |\n|---|---|\n| 1 | *2* |', 'a, b\n1, 2'],
    ['has the alternative text of an image', '![a cat](https://a.example/c.png)', 'a cat'],
    ['reads HTML that is text', '<div>a</div>\n\nb <i>c</i>', '<div>a</div>\nb <i>c</i>'],
    ['reads what is no HTML', 'If a<b and c>d: List<String>', 'If a<b and c>d: List<String>'],
    ['omits the tags of elements', 'a <sub>b</sub> <kbd>c</kbd>', 'a b c'],
    ['has a break for <br>', 'a<br>b <BR/>c\n\n|a<br>b|\n|-|', 'a b c\na b'],
    ['reads the marks of footnotes', 'a[^1]\n\n[^1]: b\n  c', 'a[1]\n[1] b c'],
    ['decodes character references', 'a &amp; b &lt; c', 'a & b < c'],
    ['joins the lines of a paragraph', 'a\nb  \nc', 'a b c'],
    ['omits link definitions and rules', 'a [b][c]\n\n---\n\n[c]: https://a.example', 'a b'],
    ['is empty for an empty source', '', ''],
  ]) {
    it(behaviour, () => assert.equal(plainText(source), spoken));
  }
});
