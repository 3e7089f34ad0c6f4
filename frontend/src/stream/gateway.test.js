import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import fc from 'fast-check';
import { ChatError } from './chat-error.js';
import { gateway } from './gateway.js';

/** @import { StreamEvent } from './gateway.js' */

const created = { type: 'response.created', response: { model: 'm' } };
const delta = { type: 'response.output_text.delta', delta: 'Grüße 👋' };
const refusal = { type: 'response.refusal.delta', delta: 'No.' };
const completed = { type: 'response.completed', response: { usage: { output_tokens: 3 } } };

const generic = 'Something went wrong. Please try again.';
const notAuthorised = 'This environment is not authorised to use the chat service.';

afterEach(() => mock.restoreAll());

test('a request has the messages and the token and nothing else', async () => {
  const fetch = respond(sseResponse(completed));
  await ask();
  const calls = fetch.mock.calls.map(call => /** @type {any} */ (call.arguments));
  const [, { method, headers, body }] = calls.find(([url]) => url === 'https://gateway/v1/chat');
  assert.equal(method, 'POST');
  assert.deepEqual(headers, {
    Authorization: 'Bearer token',
    'Content-Type': 'application/json',
  });
  assert.equal(body, '{"messages":[{"role":"user","content":"Hi"}]}');
});

test('an answer is the same wherever its bytes are cut', async () => {
  const events = [created, delta, { type: 'response.new_thing' }, refusal, completed];
  const bytes = new TextEncoder().encode(`: keep-alive\r\n\r\n${sse(...events)}`);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async cuts => {
      mock.restoreAll();
      respond(new Response(body(split(bytes, cuts))));
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

test('an incomplete answer has its reason', async () => {
  const response = { incomplete_details: { reason: 'max_output_tokens' }, usage: null };
  respond(sseResponse({ type: 'response.incomplete', response }));
  assert.deepEqual(await ask(), [{ type: 'incomplete', reason: 'max_output_tokens' }]);
});

test('a stream without a terminal event is an error', async () => {
  respond(sseResponse(created, delta));
  assert.equal((await problem()).message, generic);
});

test('a stream of another format is an error', async () => {
  respond(new Response('data: <html>\n\n'));
  assert.equal((await problem()).message, generic);
});

test('a stream without bytes for 45 seconds is an error', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const silent = new ReadableStream({
    start: controller => controller.enqueue(new TextEncoder().encode(sse(created))),
  });
  respond(new Response(silent));
  const info = problem();
  await new Promise(resolve => setImmediate(resolve));
  t.mock.timers.tick(45_000);
  assert.equal((await info).message, generic);
});

test('an error event has the message of the gateway', async () => {
  const message = 'The model is taking too long—please try again.';
  const error = { code: 'timeout', message, retryable: true, request_id: 'r1' };
  respond(sseResponse(created, { type: 'error', error }));
  assert.deepEqual(await problem(), { code: 'timeout', message, retryable: true, requestId: 'r1' });
});

test('an error response has the message of the gateway and Retry-After', async () => {
  const message = 'Too many requests. Please wait a moment and try again.';
  const error = { code: 'rate_limited', message, retryable: true, request_id: 'r1' };
  respond(Response.json({ error }, { status: 429, headers: { 'Retry-After': '7' } }));
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
  test(`a ${status} from a proxy has the message of its status`, async () => {
    respond(new Response('<html>', { status, headers: { 'X-Request-Id': 'r1' } }));
    const info = await problem();
    assert.equal(info.message, message);
    assert.equal(info.requestId, 'r1');
  });
}

test('a gateway of another origin that answers /health rejects this origin', async () => {
  const { requests } = network({ health: [true], chat: [undefined] });
  const { message, retryable } = await problem();
  assert.deepEqual([message, retryable], [notAuthorised, false]);
  assert.deepEqual(requests, ['chat', 'health']);
});

test('a gateway of the same origin that answers /health has lost the request', async () => {
  const { requests } = network({ health: [true], chat: [undefined] });
  const { code, retryable } = await problem('');
  assert.deepEqual([code, retryable], ['unreachable', true]);
  assert.deepEqual(requests, ['chat', 'health']);
});

for (const [what, url, response] of /** @type {const} */ ([
  ['a request without an answer', 'https://gateway', undefined],
  ['a 502 of the host', '', () => new Response('<html>', { status: 502 })],
  ['a 503 of the host', '', () => Response.json({ status: 'error' }, { status: 503 })],
]))
  test(`${what} is sent again once the gateway is awake`, async t => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const health = [false, false, true];
    const { requests } = network({
      health,
      chat: [response, () => sseResponse(created, completed)],
    });
    const events = ask(undefined, url);
    for (const delay of [1000, 2000]) await advance(t, delay);
    assert.deepEqual(
      (await events).map(({ type }) => type),
      ['waking', 'waking', 'created', 'completed'],
    );
    assert.deepEqual(requests, ['chat', 'health', 'health', 'health', 'chat']);
  });

test('a request is not sent again if the host stays silent', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { requests } = network({ health: [false, false, false, false], chat: [undefined] });
  const info = problem();
  for (const delay of [1000, 2000, 4000]) await advance(t, delay);
  const { code, retryable } = await info;
  assert.deepEqual([code, retryable], ['unreachable', true]);
  assert.deepEqual(requests, ['chat', 'health', 'health', 'health', 'health']);
});

test('a 502 of the gateway itself is not sent again', async () => {
  const error = { code: 'provider_error', message: generic, retryable: false, request_id: 'r1' };
  const { requests } = network({
    health: [],
    chat: [() => Response.json({ error }, { status: 502 })],
  });
  const { code, retryable } = await problem('');
  assert.deepEqual([code, retryable], ['provider_error', false]);
  assert.deepEqual(requests, ['chat']);
});

test('a request that was aborted while the gateway wakes is not sent again', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const controller = new AbortController();
  const { requests } = network({ health: [false], chat: [undefined] });
  const events = ask(controller.signal).catch(cause => cause);
  await advance(t, 0);
  controller.abort();
  await advance(t, 1000);
  assert.equal((await events).name, 'AbortError');
  assert.deepEqual(requests, ['chat', 'health']);
});

test('a browser without a network is offline', async () => {
  network({ health: [false], chat: [undefined], onLine: false });
  assert.equal((await problem()).code, 'offline');
});

test('an aborted request throws the AbortError', async () => {
  const controller = new AbortController();
  mock.method(globalThis, 'fetch', async () => {
    controller.abort();
    throw new TypeError('aborted');
  });
  await assert.rejects(ask(controller.signal), { name: 'AbortError' });
});

/** @returns {Promise<StreamEvent[]>} */
async function ask(signal = new AbortController().signal, gatewayUrl = 'https://gateway') {
  const { stream } = gateway(async () => ({ gatewayUrl, gatewayToken: 'token' }));
  const events = [];
  const messages = [/** @type {const} */ ({ role: 'user', content: 'Hi' })];
  for await (const event of stream({ messages }, signal))
    events.push(JSON.parse(JSON.stringify(event))); // without undefined properties
  return events;
}

async function problem(gatewayUrl = 'https://gateway') {
  /** @type {unknown} */
  const failure = await ask(undefined, gatewayUrl).catch(cause => cause);
  assert.ok(failure instanceof ChatError);
  return failure.info;
}

/** The gateway is reachable and answers. @param {Response} response */
function respond(response) {
  return mock.method(globalThis, 'fetch', async (/** @type {string} */ url) => {
    if (url.endsWith('/v1/models')) return new Response(null, { status: 404 });
    return url.endsWith('/health') ? Response.json({ status: 'ok' }) : response;
  });
}

/**
 * A network with an answer to each request in turn; none is the error of a lost connection.
 * @param {{ health: boolean[], chat: ((() => Response) | undefined)[], onLine?: boolean }} answers
 */
function network({ health, chat, onLine = true }) {
  /** @type {string[]} */
  const requests = [];
  Object.defineProperty(globalThis, 'navigator', { value: { onLine }, configurable: true });
  mock.method(globalThis, 'fetch', async (/** @type {string} */ url) => {
    const name = url.replace(/^.*\//, '');
    if (name === 'models') return new Response(null, { status: 404 });
    requests.push(name);
    const response = name === 'health' ? healthResponse(health.shift()) : chat.shift()?.();
    if (!response) throw new TypeError('Failed to fetch');
    return response;
  });
  return { requests };
}

/** @param {boolean | undefined} isReachable */
function healthResponse(isReachable) {
  return isReachable ? Response.json({ status: 'ok' }) : new Response('<html>', { status: 502 });
}

/**
 * Lets pending promises settle, advances the clock, and lets them settle again.
 * @param {import('node:test').TestContext} t
 * @param {number} delay
 */
async function advance(t, delay) {
  const turns = 20; // of the event loop, more than a response takes
  for (let turn = 0; turn < turns; turn++) await new Promise(resolve => setImmediate(resolve));
  t.mock.timers.tick(delay);
  for (let turn = 0; turn < turns; turn++) await new Promise(resolve => setImmediate(resolve));
}

/** @param {object[]} events */
function sse(...events) {
  return events.map(event => `data: ${JSON.stringify(event)}\n\n`).join('');
}

/** @param {object[]} events */
function sseResponse(...events) {
  return new Response(sse(...events));
}

/**
 * @param {Uint8Array} bytes
 * @param {number[]} cuts
 */
function split(bytes, cuts) {
  const at = [0, ...cuts.sort((one, other) => one - other), bytes.length];
  return at.slice(1).map((end, index) => bytes.slice(at[index], end));
}

/** @param {Uint8Array[]} chunks */
function body(chunks) {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}
