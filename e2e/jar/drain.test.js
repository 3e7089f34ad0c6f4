import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startGateway, waitUntil } from '../support/gateway.js';
import { scriptedProvider } from './provider.js';

/** @import { Gateway } from '../support/gateway.js' */

const STREAM_COUNT = 20;
const TIMEOUT_MS = 30_000;

/** @type {Awaited<ReturnType<typeof scriptedProvider>>} */
let provider;
/** @type {Gateway} */
let draining;

before(async () => {
  provider = await scriptedProvider();
  draining = await startGateway(
    {
      GATEWAY_TOKEN: 'token',
      OPENAI_API_KEY: 'key',
      OPENAI_API_BASE: provider.base,
      MAX_STREAMS_PER_CLIENT: `${STREAM_COUNT + 1}`,
      RATE_LIMIT_PER_MINUTE: '100',
    },
    ['--minimalchat.limits.drain=5s'],
  );
});
after(async () => {
  await draining?.stop();
  await provider?.close();
});

test('a draining gateway completes answers, ends the rest with an error event, and exits', {
  timeout: 120_000,
}, async () => {
  /** @type {Awaited<ReturnType<typeof startAnswer>>[]} */
  const answers = [];
  for (let i = 0; i < STREAM_COUNT; i++) answers.push(await startAnswer());

  draining.terminate();
  await waitUntil(
    TIMEOUT_MS,
    'the gateway to drain',
    async () => (await draining.healthStatus()) === 503,
  );
  const refusal = await postChat();
  assert.equal(refusal.status, 503);
  assert.match(refusal.headers.get('Retry-After') ?? '', /^[1-9]\d*$/);
  assert.equal((await refusal.json()).error.code, 'overloaded');

  const completing = answers.slice(0, STREAM_COUNT / 2);
  const incomplete = answers.slice(STREAM_COUNT / 2);
  for (const { exchange } of completing) exchange.complete();
  for (const { rest } of completing) assert.match(await rest, /event: response\.completed/);
  for (const { rest } of incomplete) {
    assert.match(await rest, /event: error\n.*"code":"overloaded"/);
    assert.doesNotMatch(await rest, /response\.completed/);
  }
  await waitUntil(TIMEOUT_MS, 'the gateway to exit', async () => draining.hasExited());
  assert.deepEqual(await draining.exited, { code: 0, signal: null });
});

/** Starts an answer; `rest` resolves to its body when it ends. */
async function startAnswer() {
  const nextExchange = provider.nextExchange();
  const responding = postChat();
  const exchange = await nextExchange;
  exchange.sendDelta('Half');
  const response = await responding;
  assert.equal(response.status, 200);
  return { exchange, rest: response.text() };
}

function postChat() {
  return fetch(`${draining.url}/v1/chat`, {
    method: 'POST',
    headers: { Authorization: 'Bearer token', 'Content-Type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }] }),
  });
}
