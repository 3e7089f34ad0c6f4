import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { attachments } from './attachment.js';
import { messageParts } from './message-parts.js';

/** @param {string} message */
function parts(message) {
  return messageParts(message).map(({ type, text, info, name }) =>
    [type, text, info, name].filter(Boolean),
  );
}

test('a message without a fence is one text, as it was written', () => {
  assert.deepEqual(parts('  Hello\n\n  there \n'), [['text', '  Hello\n\n  there \n']]);
});

test('a fenced block is code between two texts', () => {
  assert.deepEqual(parts('Why?\n\n```python\nprint(1)\n\n```\n\nThanks'), [
    ['text', 'Why?'],
    ['code', 'print(1)\n', 'python'],
    ['text', 'Thanks'],
  ]);
});

test('a block without a closing fence reaches to the end', () => {
  assert.deepEqual(parts('~~~\na\n```\nb'), [['code', 'a\n```\nb']]);
});

test('a longer fence holds a shorter one', () => {
  assert.deepEqual(parts('````md\n```js\n1\n```\n````'), [['code', '```js\n1\n```', 'md']]);
});

test('inline code with three backticks is text', () => {
  assert.deepEqual(parts('```x``` is code'), [['text', '```x``` is code']]);
});

test('the lines of an attached file are a file with its name', async () => {
  const files = ['notes.txt', 'my report (2).final.md', '.gitignore'].map(
    name => new File(['a\n```\nb\n'], name),
  );
  const { texts } = await attachments(files);
  assert.deepEqual(parts(`What is this?\n\n${texts.join('\n')}`), [
    ['text', 'What is this?'],
    ['file', 'a\n```\nb', 'txt', 'notes.txt'],
    ['file', 'a\n```\nb', 'md', 'my report (2).final.md'],
    ['file', 'a\n```\nb', 'gitignore', '.gitignore'],
  ]);
});

test('a sentence with a colon before a block is not a file name', () => {
  assert.deepEqual(parts('My script:\n```js\n1\n```'), [
    ['text', 'My script:'],
    ['code', '1', 'js'],
  ]);
  assert.deepEqual(parts('See a.js:\n```\n1\n```'), [
    ['text', 'See a.js:'],
    ['code', '1'],
  ]);
});

test('every word of a message is in one of its parts', () => {
  const line = fc.constantFrom('```', '````', '~~~js', 'a.js:', '```js', 'word', '', '  b  ');
  fc.assert(
    fc.property(fc.array(line), lines => {
      const shown = messageParts(lines.join('\n')).map(({ text, name }) => `${text} ${name}`);
      const count = (/** @type {string} */ text) => text.match(/word|\bb\b/g)?.length ?? 0;
      assert.equal(count(shown.join('\n')), count(lines.join('\n')));
    }),
  );
});

test('a message of many fences is read in linear time', { timeout: 10_000 }, () => {
  assert.equal(messageParts('~~~a\n'.repeat(100_000)).length, 1);
  assert.equal(messageParts('```\n'.repeat(100_000)).length, 50_000);
});
