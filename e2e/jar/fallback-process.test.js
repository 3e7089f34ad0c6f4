import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../support/gateway.js';
import { ask, CLIENTS } from './answer-clients.js';
import { EVENTS_BEFORE_TEXT, failingProvider, TEXT } from './failing-provider.js';
import { cutAfter, FALLBACK, PRIMARY, startWithFallback, USAGE } from './fallback-gateway.js';

/** @import { FailingProvider } from './failing-provider.js' */

const TIMEOUT_MS = 90_000; // only a failing test waits that long
const DRAIN_MS = 3_000;
const HEAP = '-Xmx96m';
const LARGE_COUNT = 40; // more than the memory budget of that heap can keep
const LARGE_CHARS = 900_000;
const SETTLE_MS = 50;

const [page] = CLIENTS;

/** @type {FailingProvider} */
let primary;
/** @type {FailingProvider} */
let fallback;

before(async () => {
  primary = await failingProvider(PRIMARY, USAGE);
  fallback = await failingProvider(FALLBACK, USAGE);
});
after(async () => {
  await Promise.all([primary?.close(), fallback?.close()]);
});

test('a draining gateway completes an answer of the fallback, and ends one that is silent', {
  timeout: TIMEOUT_MS,
}, async () => {
  const gateway = await startWithFallback(primary, fallback, {}, [
    `--minimalchat.limits.drain=${DRAIN_MS}ms`,
  ]);
  try {
    for (const id of ['drain.complete', 'drain.silent']) primary.setScript(id, cutAfter(3));
    /** @type {(value?: unknown) => void} */
    let resume = () => {};
    const resumed = new Promise(resolve => {
      resume = resolve;
    });
    fallback.setScript('drain.complete', async call => {
      call.sendText(2);
      await resumed;
      call.send(...call.events().slice(EVENTS_BEFORE_TEXT + 2));
      call.end();
    });
    fallback.setScript('drain.silent', call => call.send(...call.events().slice(0, 2)));
    const asked = ['drain.complete', 'drain.silent'].map(id => ask(gateway, page, id));
    const [, silent] = await Promise.all(
      ['drain.complete', 'drain.silent'].map(id => fallback.nextCall(id)),
    );

    gateway.terminate();
    await waitUntil(
      TIMEOUT_MS,
      'the gateway to drain',
      async () => (await gateway.healthStatus()) === 503,
    );
    resume();

    const [complete, ended] = await Promise.all(asked);
    assert.deepEqual([complete.end, complete.text], ['completed', TEXT]);
    assert.deepEqual([ended.end, ended.code], ['error', 'overloaded'], ended.received);
    assert.equal(ended.text, 'word-1 word-2 word-3 ');
    await silent.closed;
    assert.deepEqual(await gateway.exited, { code: 0, signal: null });
  } finally {
    await gateway.stop();
  }
});

test('an answer whose question had to leave the memory ends with an error', {
  timeout: TIMEOUT_MS,
}, async () => {
  const gateway = await startWithFallback(primary, fallback, {}, [], ['-XX:+UseSerialGC', HEAP]);
  try {
    const ids = Array.from({ length: LARGE_COUNT }, (_, n) => `large-${n}`);
    /** @type {(value?: unknown) => void} */
    let cut = () => {};
    const cutting = new Promise(resolve => {
      cut = resolve;
    });
    const asked = [];
    for (const id of ids) {
      primary.setScript(id, async call => {
        call.sendText(3);
        await cutting;
        return call.cut();
      });
      const answer = ask(gateway, page, id, { question: 'x'.repeat(LARGE_CHARS) });
      asked.push(answer);
      await Promise.race([primary.nextCall(id), answer]);
      await sleep(SETTLE_MS);
    }
    cut();
    const answers = await Promise.all(asked);
    const whole = answers.filter(({ end, text }) => end === 'completed' && text === TEXT);
    const cutShort = answers.filter(({ status, end }) => status === 200 && end === 'error');
    const refused = answers.filter(({ status }) => status === 503);
    assert.equal(whole.length + cutShort.length + refused.length, LARGE_COUNT);
    assert.ok(whole.length > 0, 'the last ones begin again');
    assert.ok(cutShort.length > 0, 'more than the memory can keep');
    for (const { code, text } of cutShort)
      assert.deepEqual([code, text], ['provider_error', 'word-1 word-2 word-3 ']);
    assert.equal((await ask(gateway, page, 'after-large')).text, TEXT);
    assert.doesNotMatch(gateway.output(), /OutOfMemoryError|"level":"ERROR"/);
  } finally {
    await gateway.stop();
  }
});
