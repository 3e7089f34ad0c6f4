import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { ChatError } from './chat-error.js';
import { gateway } from './gateway.js';
import { lostModules } from './lost-modules.fixture.js';

/** @import { AnswerRequest, StreamEvent } from './gateway.js' */

// A module that a test has found stays found: the order of the tests matters.
const CAPABILITIES = './capabilities.js';
const RELAY = './relay.js';
const RESUMABLE_STREAM = './resumable-stream.js';
const lost = lostModules(CAPABILITIES, RELAY, RESUMABLE_STREAM, '/access-code.js');

const ask = () => stream({ messages: [{ role: 'user', content: 'Hi' }] });
const resume = (signal = new AbortController().signal) => stream({ key: 'k', after: 0 }, signal);

const target = { addEventListener() {}, removeEventListener() {} };
Object.assign(globalThis, target, { document: target });
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

test('a module that stays lost ends a resumed answer after thirty seconds', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  respond();
  const answer = assert.rejects(resume(), withCode('not_found'));
  await pass(t, 32_000);
  await answer;
});

test('the time that the browser is offline does not count', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  respond();
  setOnline(false);
  const answer = failing('offline');
  await pass(t, 130_000);
  assert.equal(answer.hasEnded(), false);
  await pass(t, 12_000);
  await answer.end;
});

test('a browser that is online again has thirty seconds', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  respond();
  setOnline(false);
  const answer = failing('not_found');
  await pass(t, 40_000);
  setOnline(true);
  await pass(t, 28_000);
  assert.equal(answer.hasEnded(), false);
  await pass(t, 6000);
  await answer.end;
});

test('Stop ends the wait for a module', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  respond();
  const controller = new AbortController();
  const answer = assert.rejects(resume(controller.signal), { name: 'AbortError' });
  await advance(t, 0);
  controller.abort();
  await advance(t, 2000);
  await answer;
});

test('an answer is resumed as soon as its module can be loaded', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const requests = respond();
  const events = resume();
  await advance(t, 2000);
  lost.find(RESUMABLE_STREAM);
  await advance(t, 2000);
  assert.deepEqual(
    (await events).map(({ type }) => type),
    ['reconnecting', 'reconnecting', 'connected', 'delta', 'completed'],
  );
  assert.equal(requests.at(-1), '/v1/chat/stream?after=0');
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

/** A resumed answer that fails. @param {string} code */
function failing(code) {
  let ended = false;
  const end = assert.rejects(resume(), withCode(code)).then(() => {
    ended = true;
  });
  return { end, hasEnded: () => ended };
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

/**
 * Lets an import settle, advances the clock, and lets the next one settle.
 * @param {import('node:test').TestContext} t
 * @param {number} delay
 */
async function advance(t, delay) {
  await settled();
  t.mock.timers.tick(delay);
  await settled();
}

/**
 * Advances the clock by one try after the other.
 * @param {import('node:test').TestContext} t
 * @param {number} milliseconds
 */
async function pass(t, milliseconds) {
  for (let time = 0; time < milliseconds; time += 2000) await advance(t, 2000);
}

/** The hooks of the imports have a thread of their own. This module stays lost. */
async function settled() {
  for (let turn = 0; turn < 3; turn++) await import('../access-code.js').catch(() => {});
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
}
