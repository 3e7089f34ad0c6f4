import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { ChatError } from './chat-error.js';
import { gateway } from './gateway.js';
import { lostModules } from './lost-modules.fixture.js';

/** @import { AnswerRequest, StreamEvent } from './gateway.js' */

// A module that a test has found stays found: the order of the tests matters.
const CAPABILITIES = './capabilities.js';
const RELAY = './relay.js';
const lost = lostModules(CAPABILITIES, RELAY, '/access-code.js');

const ask = () => stream({ messages: [{ role: 'user', content: 'Hi' }] });

beforeEach(() => setOnline(true));
afterEach(() => mock.restoreAll());

for (const name of [CAPABILITIES, RELAY])
  test(`without ${name} a question is not sent, and the failure is not the gateway's`, async () => {
    const requests = respond();
    await assert.rejects(ask(), withCode('not_found'));
    setOnline(false);
    await assert.rejects(ask(), withCode('offline'));
    assert.equal(requests.includes('/v1/chat'), false);
    lost.find(name);
    if (name === RELAY) assert.equal((await ask()).length, 2);
  });

test('a dialog that cannot be loaded is no answer that was broken off', async () => {
  const error = { code: 'access_code_required', message: '', retryable: false };
  respond(() => Response.json({ error }, { status: 401 }));
  await assert.rejects(ask(), withCode('not_found'));
});

/**
 * @param {AnswerRequest} answer
 * @param {AbortSignal} [signal]
 */
async function stream(answer, signal = new AbortController().signal) {
  const { stream } = gateway(async () => ({ gatewayUrl: '', gatewayToken: 'token' }));
  /** @type {StreamEvent[]} */
  const events = [];
  for await (const event of stream(answer, signal)) events.push(event);
  return events;
}

/** @param {string} code */
function withCode(code) {
  return (/** @type {unknown} */ error) => error instanceof ChatError && error.info.code === code;
}

function respond(respondChat = answer) {
  /** @type {string[]} */
  const requests = [];
  mock.method(globalThis, 'fetch', async (/** @type {string} */ url) => {
    requests.push(url);
    return url.startsWith('/v1/chat') ? respondChat() : Response.json({ data: [{ id: 'm' }] });
  });
  return requests;
}

function answer() {
  const events = [
    { type: 'response.output_text.delta', delta: 'Hi', sequence_number: 1 },
    { type: 'response.completed', response: {}, sequence_number: 2 },
  ];
  return new Response(events.map(event => `data: ${JSON.stringify(event)}\n\n`).join(''));
}

/** @param {boolean} onLine */
function setOnline(onLine) {
  Object.defineProperty(globalThis, 'navigator', { value: { onLine }, configurable: true });
}
