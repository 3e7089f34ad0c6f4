import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { title } from './title.js';

test('the title is the first line of a short question', () => {
  assert.equal(title('  Why is the sky blue?\nPlease be brief.'), 'Why is the sky blue?');
});

test('the title of a long question ends at a word', () => {
  const long = 'Plan a weekend in Lisbon with two children, mostly outdoors and without a car';
  assert.equal(title(long), 'Plan a weekend in Lisbon with two children, mostly…');
});

for (const [question, expected] of [
  ['```python\nprint(1)\n```\nWhy does this fail?', 'Why does this fail?'],
  ['```python\n\n# ---\nprint(1)\n```', 'print(1)'],
  ['```python', 'python'],
  ['notes.txt:\n```txt\nRemember the milk\n```\n', 'notes.txt'],
  ['notes.txt:\n```txt\nRemember the milk\n```\n\nSum this up', 'Sum this up'],
  ['# **Plan** for `main.js`', 'Plan for main.js'],
  ['> - [ ] Buy [milk](https://example.org/milk)', 'Buy milk'],
  ['---\n\nWhat is this?', 'What is this?'],
  ['1. First\n2. Second', 'First'],
  ['C# or F#, 2 * 3 and __init__?', 'C# or F#, 2 * 3 and __init__?'],
  ['3.5 litres', '3.5 litres'],
  ['为什么天空是蓝色的？', '为什么天空是蓝色的？'],
  ['👋', '👋'],
  ['???', '???'],
]) {
  test(`the title of ${JSON.stringify(question)} is ${JSON.stringify(expected)}`, () => {
    assert.equal(title(question), expected);
  });
}

test('a title has at most sixty code points and no half surrogate pairs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), text => {
      assert.ok([...title(text)].length <= 60);
      assert.ok(title(text).isWellFormed());
    }),
  );
});
