import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilities } from './capabilities.js';
import { ChatError } from './chat-error.js';
import { lostModules } from './lost-modules.fixture.js';

/** @import { PromptMessage } from '../conversation/branch.js' */
/** @import { Announced } from './capabilities.js' */

Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });

// A module that a test has found stays found: the order of the tests matters.
const FAILURE = './failure.js';
const SENT_ATTACHMENTS = '/sent-attachments.js';
const REQUEST_PARTS = '/request-parts.js';
const RESUMABLE_STREAM = './resumable-stream.js';
const lost = lostModules(FAILURE, SENT_ATTACHMENTS, REQUEST_PARTS, RESUMABLE_STREAM);

const question = [/** @type {const} */ ({ role: 'user', content: 'Hi' })];
const image = /** @type {any} */ ({ id: 'a', name: 'cat.webp', type: 'image', bytes: 1 });
/** @type {PromptMessage[]} */
const withImage = [{ ...question[0], attachments: [image] }];
const DATA = [{ id: 'a', capabilities: ['resume', 'web_search'] }, { id: 'b' }];

for (const [name, respond] of /** @type {[string, () => Response][]} */ ([
  [SENT_ATTACHMENTS, () => new Response('<html>')],
  [FAILURE, () => new Response(null, { status: 502 })],
  [REQUEST_PARTS, () => Response.json({ data: [{ id: 'a', capabilities: ['images'] }] })],
]))
  test(`without ${name} an image is not asked about, and the failure is the page's`, async () => {
    const { tested } = gateway(respond);
    tested.ask();
    await assert.rejects(tested.requestBody(withImage), withCode('not_found'));
    if (name !== REQUEST_PARTS) lost.find(name);
  });

test('a refusal stays one where the refused image cannot be named', async () => {
  const { tested } = gateway(() => Response.json({ data: DATA }));
  const error = new ChatError({ code: 'invalid_request', message: 'No.', retryable: false });
  await tested.onError(error, withImage);
  assert.equal(error.info.message, 'No.');
});

test('without the module that resumes answers, all else that is announced is known', async () => {
  const { tested, announcements } = gateway(() => Response.json({ data: DATA }));
  tested.ask();
  assert.equal(await tested.resumeKey(), undefined);
  assert.equal(announcements[0].models?.length, 2);
  assert.equal(tested.announced().canChoose, true);
  const body = JSON.parse(await tested.requestBody(question, { model: 'b' }));
  assert.equal(body.model, 'b');
});

test('the module that resumes answers is loaded by the next answer', async () => {
  const { tested, announcements } = gateway(() => Response.json({ data: DATA }));
  tested.ask();
  assert.equal(await tested.resumeKey(), undefined);
  lost.find(RESUMABLE_STREAM);
  tested.ask();
  assert.match((await tested.resumeKey()) ?? '', /^[\w-]{22}$/);
  assert.equal(announcements.length, 1);
});

/** @param {() => Response} respond */
function gateway(respond) {
  /** @type {Announced[]} */
  const announcements = [];
  const onAnnounced = (/** @type {Announced} */ announced) => announcements.push(announced);
  return { tested: capabilities(async () => respond(), onAnnounced), announcements };
}

/** @param {string} code */
function withCode(code) {
  return (/** @type {unknown} */ error) => error instanceof ChatError && error.info.code === code;
}
