import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachments } from './attachment.js';

test('a text file becomes a code block with its name and language', async () => {
  const { texts, problems } = await attachments([file('sum.py', 'print(1)\r\nprint(2)')]);
  assert.deepEqual(texts, ['sum.py:\n```py\nprint(1)\nprint(2)\n```\n']);
  assert.deepEqual(problems, []);
});

test('a fence in a file does not close its code block', async () => {
  const { texts } = await attachments([file('README', 'Code:\n````\nx\n````\n')]);
  assert.deepEqual(texts, ['README:\n`````\nCode:\n````\nx\n````\n`````\n']);
});

for (const [what, bytes] of /** @type {const} */ ([
  ['an image', [0xff, 0xd8, 0xff]],
  ['a zero byte', [0x61, 0x00, 0x62]],
])) {
  test(`a file with ${what} is reported as not text, and the other files are read`, async () => {
    const { texts, problems } = await attachments([
      new File([new Uint8Array(bytes)], 'a.bin'),
      file('b.txt', 'b'),
    ]);
    assert.deepEqual(problems, ['a.bin is not a text file.']);
    assert.deepEqual(texts, ['b.txt:\n```txt\nb\n```\n']);
  });
}

test('a file of 100 KB is read and a larger one is rejected', async () => {
  const { texts, problems } = await attachments([
    file('fits', 'x'.repeat(102_400)),
    file('large.log', 'x'.repeat(102_401)),
  ]);
  assert.equal(texts.length, 1);
  assert.deepEqual(problems, ['large.log is larger than 100 KB.']);
});

/**
 * @param {string} name
 * @param {string} text
 */
function file(name, text) {
  return new File([text], name);
}
