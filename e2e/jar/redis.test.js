import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startGateway, startJar } from '../support/gateway.js';
import { isInstalled, startRedis, untilConnected } from './redis-server.js';

/** @import { Settings } from '../support/gateway.js' */

const TIMEOUT_MS = 300_000;
const DEMO = ['--spring.profiles.active=demo'];
const RATE = 10;
const UNREACHABLE = 'redis://127.0.0.1:1';
const LOADED =
  /(?:redis\.clients|io\.github\.bucket4j|org\.apache\.commons\.pool2|dev\.minimalchat\.gateway\.redis)\.[\w.]+/g;

test('without REDIS_URL no class for Redis is loaded', { timeout: TIMEOUT_MS }, async () => {
  assert.deepEqual(await loadedClasses({}), [
    'dev.minimalchat.gateway.redis.RedisConfiguration',
    'dev.minimalchat.gateway.redis.RedisProperties',
    'dev.minimalchat.gateway.redis.SharedState',
  ]);
  const loaded = await loadedClasses({ REDIS_URL: UNREACHABLE });
  assert.ok(loaded.includes('dev.minimalchat.gateway.redis.RedisConnection'), `${loaded}`);
  assert.ok(loaded.includes('redis.clients.jedis.JedisPooled'), `${loaded}`);
});

test('a malformed REDIS_URL is one line without its password', {
  timeout: TIMEOUT_MS,
}, async () => {
  const settings = { REDIS_URL: 'redis://default:canary-5e0@host:port', PORT: '0' };
  const gateway = startJar({ ...settings, MANAGEMENT_PORT: '0' }, DEMO);

  assert.equal((await gateway.exited).code, 1);
  assert.match(gateway.output(), /^REDIS_URL is not an address, such as redis:\S+,.*\n$/);
  assert.doesNotMatch(gateway.output(), /canary/);
});

test('two gateways share a rate', {
  timeout: TIMEOUT_MS,
  skip: !isInstalled && 'redis-server is not installed',
}, async () => {
  const redis = await startRedis();
  const settings = { REDIS_URL: redis.url, RATE_LIMIT_PER_MINUTE: `${RATE}` };
  const gateways = [await startGateway(settings, DEMO), await startGateway(settings, DEMO)];
  try {
    await Promise.all(gateways.map(untilConnected));
    const statuses = [];
    for (let i = 0; i < 3 * RATE; i++) statuses.push(await countedRequest(gateways[i % 2].url));

    assert.equal(statuses.filter(status => status === 400).length, RATE, `${statuses}`);
    assert.equal(statuses.filter(status => status === 429).length, 2 * RATE, `${statuses}`);
  } finally {
    await Promise.all(gateways.map(gateway => gateway.stop()));
    await redis.stop();
  }
});

/**
 * The classes for Redis that a gateway has loaded after an answer, without those that the JVM
 * generates for lambdas.
 * @param {Settings} settings
 */
async function loadedClasses(settings) {
  const folder = mkdtempSync(join(tmpdir(), 'classes-'));
  const log = join(folder, 'classes.log');
  try {
    const gateway = await startGateway(settings, DEMO, [`-Xlog:class+load:file=${log}`]);
    try {
      assert.equal(await ask(gateway.url), 200);
    } finally {
      await gateway.stop();
    }
    return [...new Set(readFileSync(log, 'utf8').match(LOADED))].sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} url */
async function ask(url) {
  const messages = [{ role: 'user', content: 'Hello' }];
  const response = await post(url, JSON.stringify({ messages }));
  assert.match(await response.text(), /event: response\.completed/);
  return response.status;
}

/**
 * Sends an invalid body, which is free.
 * @param {string} url
 */
async function countedRequest(url) {
  const response = await post(url, '{}');
  await response.arrayBuffer();
  return response.status;
}

/**
 * @param {string} url
 * @param {string} body
 */
function post(url, body) {
  return fetch(`${url}/v1/chat`, {
    method: 'POST',
    headers: { Authorization: 'Bearer dev-token', 'Content-Type': 'application/json' },
    body,
  });
}
