import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gateway, within } from '../support/gateway.js';
import { scriptedProvider } from './provider.js';

/** @import { Gateway } from '../support/gateway.js' */

const streams = 20;
const patience = 30_000; // milliseconds

/** @type {Awaited<ReturnType<typeof scriptedProvider>>} */
let provider;
/** @type {Gateway} */
let draining;

before(async () => {
  provider = await scriptedProvider();
  draining = await gateway(
    {
      GATEWAY_TOKEN: 'token',
      OPENAI_API_KEY: 'key',
      OPENAI_API_BASE: provider.base,
      MAX_STREAMS_PER_CLIENT: `${streams + 1}`,
      RATE_LIMIT_PER_MINUTE: '100',
    },
    ['--limits.drain=5s'],
  );
});
after(async () => {
  await draining?.stop();
  await provider?.close();
});

test('a gateway that is told to stop lets answers finish, cuts the rest with a word, and ends', {
  timeout: 120_000,
}, async () => {
  /** @type {Awaited<ReturnType<typeof begin>>[]} */
  const running = [];
  for (let i = 0; i < streams; i++) running.push(await begin());

  draining.terminate();
  await within(patience, 'a gateway that drains', async () => (await draining.health()) === 503);
  const refusal = await ask();
  assert.equal(refusal.status, 503);
  assert.match(refusal.headers.get('Retry-After') ?? '', /^[1-9]\d*$/);
  assert.equal((await refusal.json()).error.code, 'overloaded');

  const [finishing, stuck] = [running.slice(0, streams / 2), running.slice(streams / 2)];
  for (const { question } of finishing) question.complete();
  for (const { rest } of finishing) assert.match(await rest, /event: response\.completed/);
  for (const { rest } of stuck) {
    assert.match(await rest, /event: error\n.*"code":"overloaded"/);
    assert.doesNotMatch(await rest, /response\.completed/);
  }
  await within(patience, 'the gateway to end', async () => draining.hasEnded());
  assert.deepEqual(await draining.ended, { code: 0, signal: null });
});

/** An answer that has begun, and what is still to come of it. */
async function begin() {
  const asked = provider.asked();
  const asking = ask();
  const question = await asked;
  question.say('Half');
  const response = await asking;
  assert.equal(response.status, 200);
  return { question, rest: response.text() };
}

function ask() {
  return fetch(`${draining.url}/v1/chat`, {
    method: 'POST',
    headers: { Authorization: 'Bearer token', 'Content-Type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }] }),
  });
}
