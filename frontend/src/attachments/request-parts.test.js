import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { nameRefused, withParts } from './request-parts.js';

/** @import { PromptMessage } from '../conversation/branch.js' */
/** @import { Attachment } from '../conversation/conversation.js' */

const accepts = /** @type {('images' | 'files')[]} */ (['images', 'files']);

before(() => {
  // Node has no FileReader.
  globalThis.FileReader = /** @type {any} */ (
    class {
      /** @param {Blob} blob */
      async readAsDataURL(blob) {
        if (blob.type === 'lost') return /** @type {any} */ (this).onerror();
        const base64 = Buffer.from(await blob.arrayBuffer()).toString('base64');
        Object.assign(this, { result: `data:${blob.type};base64,${base64}` });
        /** @type {any} */ (this).onload();
      }
    }
  );
});

test('a question has its text first, then images, then the PDF', async () => {
  const [message] = await withParts([question('Why?', pdf('r'), image('a'))], { accepts });
  assert.deepEqual(message, {
    role: 'user',
    content: [
      { type: 'input_text', text: 'Why?' },
      { type: 'input_image', image_url: 'data:image/jpeg;base64,YQ==', detail: 'auto' },
      { type: 'input_file', filename: 'r.pdf', file_data: 'data:application/pdf;base64,cg==' },
    ],
  });
});

test('only the newest four images and the newest PDF of the last two questions are sent', async () => {
  const messages = await withParts(
    [
      question('One', image('a')),
      question('Two', image('b'), image('c'), image('d'), pdf('r')),
      question('Three', image('e'), image('f'), pdf('s')),
    ],
    { accepts },
  );
  assert.deepEqual(messages.map(shape), [
    'One\n\n[image omitted]',
    ['Two\n\n[image omitted]\n\n[file omitted]', 'c', 'd'],
    ['Three', 'e', 'f', 's'],
  ]);
});

test('a request to continue an answer is not one of the last two questions', async () => {
  const asked = [question('One', image('a')), answer('Yes'), question('Two', image('b'))];
  const request = await withParts(continued(...asked, answer('Ha')), { accepts });
  assert.deepEqual(request.slice(0, -2), await withParts(asked, { accepts }));
  assert.deepEqual(request.map(shape).slice(-2), ['Ha', 'Go on']);
  assert.deepEqual(Object.keys(request[request.length - 1]), ['role', 'content']);
});

test('what cannot be read is named if it belongs to the question of a continued answer', async () => {
  const messages = continued(question('One', lost('a')), answer('Ha'));
  const problem = await withParts(messages, { accepts }).catch(({ info }) => info);
  assert.deepEqual(problem.refused, ['a']);
});

test('a chat that takes no images any more gets the text, which names them', async () => {
  const asked = [question('Why?', image('a'), pdf('r')), question('', image('b'))];
  const messages = await withParts(asked, { accepts: ['files'] });
  assert.deepEqual(messages.map(shape), [['Why?\n\n[image omitted]', 'r'], '[image omitted]']);
});

test('a question without text whose image was taken out is not blank', async () => {
  assert.deepEqual((await withParts([question('')], { accepts })).map(shape), ['[image omitted]']);
});

for (const [what, message, refused] of /** @type {const} */ ([
  ['an image', 'the image of part 1 of message 2 cannot be read by the model', ['a']],
  ['an image after it', 'the image of part 2 of message 2 cannot be read by the model', ['b']],
  ['an earlier PDF', 'the file of part 0 of message 1 cannot be read by the model', ['r']],
  ['one it does not name', 'an attachment cannot be read by the model', ['b', 'a', 'r']],
  ['a part of the request', 'messages[2].content[1].image_url is missing', ['a']],
]))
  test(`an error about ${what} names it, and it is not sent again`, async () => {
    const messages = [question('', pdf('r')), question('Why?', image('a'), image('b'))];
    const info = { code: 'invalid_request', message, retryable: false, refused: [''] };
    assert.equal(nameRefused(info, messages, { accepts, before: 1 }), true);
    assert.deepEqual(info.refused.toSorted(), [...refused].sort());
    assert.match(info.message, new RegExp(`could not read .*${refused[0]}\\.`));
    const all = { x: /** @type {any} */ ({ problem: info }) };
    const again = await withParts(messages, { accepts, messages: all });
    for (const name of refused) assert.equal(again.flatMap(shape).includes(name), false);
  });

test('an error about something else stays as it is', () => {
  const info = { code: 'invalid_request', message: 'model is unknown', retryable: false };
  assert.equal(nameRefused(info, [question('', image('a'))], { accepts, before: 0 }), false);
  assert.deepEqual(info, {
    code: 'invalid_request',
    message: 'model is unknown',
    retryable: false,
  });
});

test('what cannot be read is named if it belongs to the last question, and then not sent', async () => {
  const messages = [question('One', lost('a')), question('Two', image('b'), lost('c'))];
  const problem = await withParts(messages, { accepts }).catch(({ info }) => info);
  assert.deepEqual([problem.refused, problem.retryable], [['c'], true]);
  assert.match(problem.message, /could not read c\.jpg/);
  const all = { x: /** @type {any} */ ({ problem }) };
  const again = await withParts(messages, { accepts, messages: all });
  assert.deepEqual(again.map(shape), ['One\n\n[image omitted]', ['Two\n\n[image omitted]', 'b']]);
});

/** @param {string} id */
function lost(id) {
  return { ...image(id), blob: new Blob([], { type: 'lost' }) };
}

/**
 * @param {string} content
 * @param {Attachment[]} attachments
 */
function question(content, ...attachments) {
  return { role: /** @type {const} */ ('user'), content, attachments };
}

/** @param {string} content */
function answer(content) {
  return { role: /** @type {const} */ ('assistant'), content };
}

/** @param {PromptMessage[]} messages @returns {PromptMessage[]} */
function continued(...messages) {
  return [...messages, { role: 'user', content: 'Go on', isContinuation: true }];
}

/** @param {string} id @returns {Attachment} */
function image(id) {
  return { id, type: 'image', name: `${id}.jpg`, blob: new Blob([id], { type: 'image/jpeg' }) };
}

/** @param {string} id @returns {Attachment} */
function pdf(id) {
  return { id, type: 'pdf', name: `${id}.pdf`, blob: new Blob([id], { type: 'application/pdf' }) };
}

/** Texts, and the bytes of images and PDFs. @param {{ content: any }} message */
function shape({ content }) {
  if (typeof content === 'string') return content;
  return content.map((/** @type {any} */ { text, image_url, file_data }) => {
    return text ?? Buffer.from((image_url ?? file_data).split(',')[1], 'base64').toString();
  });
}
