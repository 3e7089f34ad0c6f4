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

for (const [what, bytes, problem] of /** @type {const} */ ([
  ['an image', [0xff, 0xd8, 0xff], 'a.bin was not attached: this chat takes text files only.'],
  ['a zero byte', [0x61, 0x00, 0x62], 'a.bin is not a text file.'],
])) {
  test(`a file with ${what} is reported as not text, and the other files are read`, async () => {
    const { texts, problems } = await attachments([
      new File([new Uint8Array(bytes)], 'a.bin'),
      file('b.txt', 'b'),
    ]);
    assert.deepEqual(problems, [problem]);
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

test('images and PDFs are recognised by their bytes, if the chat takes them', async () => {
  const files = [
    new File([new Uint8Array([0xff, 0xd8, 0xff])], 'notes.txt', { type: 'text/plain' }),
    file('report.txt', '%PDF-1.7'),
    file('a.txt', 'a'),
  ];
  const { media, texts } = await attachments(files, async () => ['images', 'files']);
  assert.deepEqual(
    media.map(({ file, type }) => [file.name, type]),
    [
      ['notes.txt', 'jpeg'],
      ['report.txt', 'pdf'],
    ],
  );
  assert.equal(texts.length, 1);
});

for (const [what, accepts, problem] of /** @type {const} */ ([
  ['only PDFs', ['files'], 'a.jpg was not attached: this chat takes no images.'],
  [
    'nothing that is known',
    undefined,
    'a.jpg was not attached: the chat service has not said yet whether it takes such files. Please try again.',
  ],
]))
  test(`an image is refused by a chat that takes ${what}`, async () => {
    const image = new File([new Uint8Array([0xff, 0xd8, 0xff])], 'a.jpg');
    const { media, problems } = await attachments([image], async () => accepts && [...accepts]);
    assert.deepEqual([media, problems], [[], [problem]]);
  });

/**
 * @param {string} name
 * @param {string} text
 */
function file(name, text) {
  return new File([text], name);
}
