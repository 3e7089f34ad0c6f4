import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { startGateway } from '../support/gateway.js';
import { scriptedProvider } from './provider.js';
import { isInstalled, startRedis, untilConnected } from './redis-server.js';
import { roundRobin } from './round-robin.js';

/** @import { Gateway } from '../support/gateway.js' */
/** @typedef {{ id: number, type: string, data: any }} Event */

const TIMEOUT_MS = 300_000;
const TOKEN = 'dev-token';
const WORDS = ['One ', 'two, ', 'drei ', '😀 ', '漢字', '.'];
const TEXT = WORDS.join('');

/** An instance that is killed has to be noticed within this time. */
const MAX_NOTICE_MS = 15_000;

const options = {
  timeout: TIMEOUT_MS,
  skip: !isInstalled && 'redis-server is not installed',
};

/** @type {Awaited<ReturnType<typeof startRedis>>} */
let redis;
/** @type {Awaited<ReturnType<typeof scriptedProvider>>} */
let provider;
/** @type {Gateway[]} */
let gateways;

if (isInstalled) {
  before(async () => {
    redis = await startRedis();
    provider = await scriptedProvider();
    gateways = await Promise.all([start(), start()]);
  });
  after(async () => {
    await Promise.all((gateways ?? []).map(gateway => gateway.stop()));
    await provider?.close();
    await redis?.stop();
  });
}

test('behind a round robin an answer survives a break after every event', options, async () => {
  const proxy = await roundRobin(() => gateways.map(gateway => gateway.url));
  try {
    for (let cut = 1; cut <= WORDS.length; cut++) {
      const key = newKey();
      const asked = provider.nextExchange();
      const first = post(proxy.url, key);
      const exchange = await asked;
      for (const word of WORDS.slice(0, cut)) exchange.sendDelta(word);
      const events = await read(await first, cut);
      const second = get(proxy.url, key, /** @type {Event} */ (events.at(-1)).id);
      for (const word of WORDS.slice(cut)) exchange.sendDelta(word);
      exchange.complete();
      events.push(...(await read(await second)));

      assert.equal(text(events), TEXT, `cut after event ${cut}`);
      assert.deepEqual(
        events.map(event => event.id),
        [...Array(WORDS.length + 2).keys()],
      );
    }
  } finally {
    await proxy.close();
  }
});

test('a reader learns that the instance of its answer was killed', options, async () => {
  const key = newKey();
  const asked = provider.nextExchange();
  const first = post(gateways[0].url, key);
  const exchange = await asked;
  exchange.sendDelta('before the end');
  const events = await read(await first, 2);
  await read(await get(gateways[1].url, key, -1), 2); // Redis has it
  const remote = await get(gateways[1].url, key, -1);

  const killed = Date.now();
  gateways[0].kill();
  const rest = await read(remote);
  const elapsed = Date.now() - killed;

  assert.equal(text(events), 'before the end');
  assert.equal(text(rest), 'before the end');
  const last = /** @type {Event} */ (rest.at(-1));
  assert.equal(last.type, 'error');
  assert.equal(last.data.error.retryable, true);
  assert.ok(elapsed < MAX_NOTICE_MS, `after ${elapsed} ms`);
  gateways[0] = await start();
});

test('an answer of an instance that drains is read to its end at another', options, async () => {
  const key = newKey();
  const asked = provider.nextExchange();
  const first = post(gateways[0].url, key);
  const exchange = await asked;
  exchange.sendDelta('before, ');
  await read(await first, 2);

  gateways[0].terminate();
  const remote = get(gateways[1].url, key, -1);
  exchange.sendDelta('and after');
  const events = await read(await remote, 3);
  exchange.complete();

  assert.equal(text(events), 'before, and after');
  await gateways[0].exited;
  assert.equal((await read(await get(gateways[1].url, key, 2))).at(-1)?.type, 'response.completed');
  gateways[0] = await start();
});

async function start() {
  const gateway = await startGateway({
    OPENAI_API_KEY: 'sk-test-secret-of-the-provider',
    OPENAI_API_BASE: provider.base,
    GATEWAY_TOKEN: TOKEN,
    REDIS_URL: redis.url,
    RATE_LIMIT_PER_MINUTE: '1000',
    MAX_STREAMS_PER_CLIENT: '100',
  });
  await untilConnected(gateway);
  return gateway;
}

/**
 * @param {string} url
 * @param {string} key
 */
function post(url, key) {
  const messages = [{ role: 'user', content: 'Hello' }];
  return fetch(`${url}/v1/chat`, {
    method: 'POST',
    headers: { ...headers(key), 'Content-Type': 'application/json' },
    body: JSON.stringify({ messages }),
  });
}

/**
 * @param {string} url
 * @param {string} key
 * @param {number} after
 */
function get(url, key, after) {
  return fetch(`${url}/v1/chat/stream?after=${after}`, { headers: headers(key) });
}

/** @param {string} key */
function headers(key) {
  return { Authorization: `Bearer ${TOKEN}`, 'Resume-Key': key };
}

/**
 * Reads so many events, or all of them, and closes the connection.
 * @param {Response} response
 * @param {number} [count]
 */
async function read(response, count = Number.POSITIVE_INFINITY) {
  assert.equal(response.status, 200);
  /** @type {Event[]} */
  const events = [];
  let rest = '';
  const body = /** @type {ReadableStream<Uint8Array>} */ (response.body);
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = /** @type {string} */ (blocks.pop());
    for (const block of blocks) {
      const [, id, type, data] = /^id: (\d+)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? [];
      if (data) events.push({ id: Number(id), type, data: JSON.parse(data) });
      if (events.length === count) return events;
    }
  }
  return events;
}

/** @param {Event[]} events */
function text(events) {
  return events.map(event => event.data.delta ?? '').join('');
}

function newKey() {
  return randomBytes(16).toString('base64url');
}
