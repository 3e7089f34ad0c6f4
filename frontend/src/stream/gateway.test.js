import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import fc from 'fast-check';
import { Failure } from './failure.js';
import { gateway } from './gateway.js';

/** @import { AnswerEvent } from './gateway.js' */

const created = { type: 'response.created', response: { model: 'm' } };
const delta = { type: 'response.output_text.delta', delta: 'Grüße 👋' };
const refusal = { type: 'response.refusal.delta', delta: 'No.' };
const completed = { type: 'response.completed', response: { usage: { output_tokens: 3 } } };

const generic = 'Something went wrong. Please try again.';
const notAuthorised = 'This environment is not authorised to use the chat service.';

afterEach(() => mock.restoreAll());

test('sends the messages and the token, and nothing else', async () => {
  const fetch = answering(stream(completed));
  await ask();
  const [url, { method, headers, body }] = /** @type {any} */ (fetch.mock.calls[0].arguments);
  assert.equal(url, 'https://gateway/v1/chat');
  assert.equal(method, 'POST');
  assert.equal(headers.Authorization, 'Bearer token');
  assert.equal(body, '{"messages":[{"role":"user","content":"Hi"}]}');
});

test('an answer is the same however its bytes are cut', async () => {
  const events = [created, delta, { type: 'response.new_thing' }, refusal, completed];
  const bytes = new TextEncoder().encode(`: keep-alive\r\n\r\n${sse(...events)}`);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async cuts => {
      mock.restoreAll();
      answering(new Response(body(pieces(bytes, cuts))));
      assert.deepEqual(await ask(), [
        { type: 'created', model: 'm' },
        { type: 'delta', text: 'Grüße 👋' },
        { type: 'delta', text: 'No.' },
        { type: 'completed', usage: { output_tokens: 3 } },
      ]);
    }),
    { numRuns: 50 },
  );
});

test('an incomplete answer says why', async () => {
  const response = { incomplete_details: { reason: 'max_output_tokens' }, usage: null };
  answering(stream({ type: 'response.incomplete', response }));
  assert.deepEqual(await ask(), [
    { type: 'incomplete', reason: 'max_output_tokens', usage: undefined },
  ]);
});

test('a stream without its last event is a failure', async () => {
  answering(stream(created, delta));
  assert.equal((await problem()).message, generic);
});

test('a stream that is not ours is a failure', async () => {
  answering(new Response('data: <html>\n\n'));
  assert.equal((await problem()).message, generic);
});

test('a stream that falls silent is a failure', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const silent = new ReadableStream({
    start: controller => controller.enqueue(new TextEncoder().encode(sse(created))),
  });
  answering(new Response(silent));
  const told = problem();
  await new Promise(resolve => setImmediate(resolve));
  t.mock.timers.tick(45_000);
  assert.equal((await told).message, generic);
});

test('an error in the stream is told in its own words', async () => {
  const message = 'The model is taking too long—please try again.';
  const error = { code: 'timeout', message, retryable: true, request_id: 'r1' };
  answering(stream(created, { type: 'error', error }));
  assert.deepEqual(await problem(), { code: 'timeout', message, retryable: true, requestId: 'r1' });
});

test('a refused request is told in its own words, with the time to wait', async () => {
  const message = 'Too many requests. Please wait a moment and try again.';
  const error = { code: 'rate_limited', message, retryable: true, request_id: 'r1' };
  answering(Response.json({ error }, { status: 429, headers: { 'Retry-After': '7' } }));
  const { code, retryAfter, requestId } = await problem();
  assert.deepEqual(
    { code, retryAfter, requestId },
    { code: 'rate_limited', retryAfter: 7, requestId: 'r1' },
  );
});

for (const [status, message] of /** @type {const} */ ([
  [401, 'Cannot reach the chat service (authorisation required).'],
  [403, notAuthorised],
  [413, 'This conversation is too long. Please start a new one.'],
  [429, 'Too many requests. Please wait a moment and try again.'],
  [502, generic],
  [503, 'The chat service is busy. Please try again in a moment.'],
  [504, 'The model is taking too long—please try again.'],
])) {
  test(`a ${status} from something in between is told by its status`, async () => {
    answering(new Response('<html>', { status, headers: { 'X-Request-Id': 'r1' } }));
    const told = await problem();
    assert.equal(told.message, message);
    assert.equal(told.requestId, 'r1');
  });
}

test('a gateway that answers only without CORS does not admit this origin', async () => {
  const fetch = unreachable({ health: true, onLine: true });
  assert.equal((await problem()).message, notAuthorised);
  const [url, { mode }] = /** @type {any} */ (fetch.mock.calls[1].arguments);
  assert.deepEqual([url, mode], ['https://gateway/health', 'no-cors']);
});

test('a gateway that does not answer is a failure to try again', async () => {
  unreachable({ health: false, onLine: true });
  assert.equal((await problem()).message, generic);
});

test('a browser without a network says so', async () => {
  unreachable({ health: false, onLine: false });
  assert.equal((await problem()).code, 'offline');
});

test('stopping is not a failure', async () => {
  const controller = new AbortController();
  mock.method(globalThis, 'fetch', async () => {
    controller.abort();
    throw new TypeError('aborted');
  });
  await assert.rejects(ask(controller.signal), { name: 'AbortError' });
});

/** @returns {Promise<AnswerEvent[]>} */
async function ask(signal = new AbortController().signal) {
  const { answer } = gateway(async () => ({
    gatewayUrl: 'https://gateway',
    gatewayToken: 'token',
  }));
  const events = [];
  for await (const event of answer([{ role: 'user', content: 'Hi' }], signal)) events.push(event);
  return events;
}

async function problem() {
  /** @type {unknown} */
  const failure = await ask().catch(cause => cause);
  assert.ok(failure instanceof Failure);
  return failure.problem;
}

/** @param {Response} response */
function answering(response) {
  return mock.method(globalThis, 'fetch', async () => response);
}

/** @param {{ health: boolean, onLine: boolean }} circumstances */
function unreachable({ health, onLine }) {
  Object.defineProperty(globalThis, 'navigator', { value: { onLine }, configurable: true });
  return mock.method(globalThis, 'fetch', async (/** @type {string} */ url) => {
    if (health && url.endsWith('/health')) return Response.error();
    throw new TypeError('Failed to fetch');
  });
}

/** @param {object[]} events */
function sse(...events) {
  return events.map(event => `data: ${JSON.stringify(event)}\n\n`).join('');
}

/** @param {object[]} events */
function stream(...events) {
  return new Response(sse(...events));
}

/**
 * @param {Uint8Array} bytes
 * @param {number[]} cuts
 */
function pieces(bytes, cuts) {
  const at = [0, ...cuts.sort((one, other) => one - other), bytes.length];
  return at.slice(1).map((end, index) => bytes.slice(at[index], end));
}

/** @param {Uint8Array[]} pieces */
function body(pieces) {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}
