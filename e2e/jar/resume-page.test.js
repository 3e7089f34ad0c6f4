import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { noBrowser } from '../support/browser.js';
import {
  installClock,
  lastAnswer,
  loadCapable,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';
import { startGateway, waitUntil } from '../support/gateway.js';
import { RARELY_OPEN } from './fallback-gateway.js';
import { pageTests } from './page-tests.js';
import { scriptedProvider } from './provider.js';
import { isInstalled, startRedis, untilConnected } from './redis-server.js';
import { roundRobin } from './round-robin.js';
import { staticHost, staticPage } from './static-host.js';
import { tcpProxy } from './tcp-proxy.js';

/** @import { Page } from 'playwright-core' */
/** @import { Gateway, Settings } from '../support/gateway.js' */
/** @import { ProviderExchange } from './provider.js' */
/** @typedef {Awaited<ReturnType<typeof scriptedProvider>>} Provider */

const WORDS = ['The ', 'quick ', 'brown ', '漢字 ', '😀 ', 'over ', 'the ', 'lazy ', 'dog.'];
const TEXT = WORDS.join('');
const HALF = 4;
const LEFT = 7; // words that were sent when the grace time began
const INTERRUPTED = 'Interrupted before the answer was complete.';
const NOTE = 'The answer began again with another model.';
const TOKEN = 'public-token';
const WAIT_MS = 30_000;
const OFFLINE_MS = 10_000;

/** The provider's connection has to end within this time after Stop. */
const MAX_STOP_MS = 1000;

/** An instance that is killed has to be noticed within this time. */
const MAX_NOTICE_MS = 15_000;

const LOST_CONNECTION = /net::ERR_|fetching the script/; // the service worker's
const GONE = /status of 404|net::ERR_/;

/** @type {Provider} */
let provider;

describe('the page and the gateway', { skip: noBrowser }, () => {
  /** @type {Provider} */
  let fallback;
  /** @type {Gateway} */
  let gateway;
  /** @type {Gateway} */
  let killed;
  /** @type {Gateway | undefined} the process that has its address then */
  let successor;
  /** @type {Gateway[]} */
  let instances;
  /** @type {string[]} */
  let targets;
  /** @type {Awaited<ReturnType<typeof startRedis>> | undefined} */
  let redis;
  /** @type {Awaited<ReturnType<typeof roundRobin>>} */
  let stable;
  /** @type {Awaited<ReturnType<typeof roundRobin>>} */
  let platform;
  /** @type {Awaited<ReturnType<typeof tcpProxy>>} */
  let connections;
  /** @type {Awaited<ReturnType<typeof staticHost>>} */
  let host;
  /** @type {ReturnType<typeof staticPage>} */
  let built;

  before(async () => {
    [provider, fallback, host] = await Promise.all([
      scriptedProvider(),
      scriptedProvider(),
      staticHost(() => built.folder),
    ]);
    const settings = {
      ALLOWED_ORIGINS: host.origin,
      FALLBACK_API_BASE: fallback.base,
      FALLBACK_MODEL_ID: 'scripted-2',
      FIRST_OUTPUT_TIMEOUT: '30s',
    };
    redis = isInstalled ? await startRedis() : undefined;
    const shared = redis ? [{ REDIS_URL: redis.url }, { REDIS_URL: redis.url }] : [];
    [gateway, killed, ...instances] = await Promise.all(
      [settings, { RESUME_GRACE: '2s' }, ...shared].map(start),
    );
    await Promise.all(instances.map(untilConnected));
    targets = instances.map(each => each.url);
    [connections, stable, platform] = await Promise.all([
      tcpProxy(gateway.url),
      roundRobin(() => [(successor ?? killed).url]),
      roundRobin(() => targets),
    ]);
    built = staticPage(gateway.url, TOKEN);
  });
  after(async () => {
    const servers = [connections, stable, platform, host, fallback, provider];
    await Promise.all([gateway, killed, ...(instances ?? [])].map(each => each?.stop()));
    await Promise.all(servers.map(each => each?.close()));
    await redis?.stop();
    built?.remove();
  });

  const pageTest = pageTests(() => gateway);
  const proxiedTest = pageTests(
    () => gateway,
    () => connections.url,
  );
  const splitTest = pageTests(
    () => gateway,
    () => host.origin,
  );
  const restartTest = pageTests(
    () => killed,
    () => stable.url,
  );

  const instancesTest = pageTests(
    () => instances[0],
    () => platform.url,
  );

  // The time is measured without other tests.
  describe('Stop ends the provider’s work at once', () => {
    pageTest('from the page that asked', async ({ page }) => {
      const { exchange } = await ask(page, HALF);
      await stopped(page, exchange);
      assert.equal(await answerText(page), textOf(HALF));
    });

    for (const [where, define] of /** @type {const} */ ([
      ['', pageTest],
      [' on another origin', splitTest],
    ]))
      define(`from a page${where} that was reloaded`, async ({ page }) => {
        const { question, exchange } = await ask(page, HALF);
        await reload(page);
        await stopped(page, exchange);
        await page.reload();
        await page.locator('[data-status=stopped]').waitFor();
        assert.equal(await answerText(page), textOf(HALF));
        assert.equal(provider.exchangesWith(question).length, 1);
      });

    if (isInstalled)
      instancesTest('at another instance', async ({ page }) => {
        targets = [instances[0].url];
        const { exchange } = await ask(page, HALF);
        targets = [instances[1].url];
        await reload(page);
        await stopped(page, exchange);
      });
  });

  // A test mostly waits, so several run concurrently.
  describe('an answer', { concurrency: 4 }, () => {
    describe('of two instances with one Redis', {
      skip: !isInstalled && 'redis-server is not installed',
      concurrency: 1,
    }, () => {
      beforeEach(() => {
        targets = instances.map(each => each.url);
      });

      instancesTest(
        'each reload at half of an answer loses and doubles nothing',
        async ({ page }) => {
          const { question, exchange } = await ask(page, HALF);
          for (const _ of instances) {
            await reload(page);
            exchange.sendDelta('again ');
            await lastAnswer(page).getByText('again').waitFor();
          }
          sendRest(exchange);
          await completed(page, `${textOf(HALF)} again again ${WORDS.slice(HALF).join('')}`);
          assert.equal(provider.exchangesWith(question).length, 1);
        },
      );

      instancesTest(
        'ten seconds offline lose nothing',
        ({ page }) => goesOnAfterOffline(page),
        LOST_CONNECTION,
      );

      instancesTest(
        'the readers of both instances learn that one was killed',
        async ({ page }) => {
          targets = [instances[0].url];
          const remote = await openTab(page);
          await Promise.all([ask(page, HALF), ask(remote, HALF)]);
          targets = [instances[1].url];
          await reload(remote);
          const killedAt = Date.now();
          instances[0].kill();
          for (const each of [page, remote]) {
            const button = lastAnswer(each).getByRole('button', { name: 'Continue' });
            await button.waitFor({ timeout: WAIT_MS });
            const elapsed = Date.now() - killedAt;
            assert.ok(elapsed < MAX_NOTICE_MS, `after ${elapsed} ms`);
            assert.equal(await answerText(each), textOf(HALF));
          }
        },
        LOST_CONNECTION,
      );
    });

    describe('of a gateway that ends it', { concurrency: 1 }, () => {
      restartTest(
        'an answer without a reader for the grace time keeps its text, and Continue completes it',
        async ({ page }) => {
          const { question, exchange } = await ask(page, HALF);
          const address = page.url();
          await page.goto('about:blank');
          for (const word of WORDS.slice(HALF, LEFT)) {
            exchange.sendDelta(word);
            await sleep(100); // the gateway notices by a write that its client has left
          }
          await exchange.aborted;
          await page.goto(address);
          await shown(page, textOf(LEFT));
          await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
          const second = await exchangeOf(provider, question, 1);
          second.sendDelta(...WORDS.slice(LEFT));
          second.complete();
          await completed(page, TEXT);
          assert.equal(await page.locator('article').count(), 2);
        },
      );

      restartTest(
        'an answer of a gateway that was killed keeps its text, and Continue completes it',
        async ({ page }) => {
          const { question } = await ask(page, HALF);
          killed.kill();
          await lastAnswer(page).getByText('Reconnecting…').waitFor();
          successor = gateway;
          await lastAnswer(page).getByText(INTERRUPTED).waitFor({ timeout: WAIT_MS });
          assert.equal(await answerText(page), textOf(HALF));
          await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
          sendRest(await exchangeOf(provider, question, 1));
          await completed(page, TEXT);
          assert.equal(await page.locator('article').count(), 2);
          assert.equal(provider.exchangesWith(question).length, 2);
        },
        GONE,
      );
    });

    describe('over connections that are lost', { concurrency: 1 }, () => {
      proxiedTest(
        'a question whose connection is lost before the first event is not asked again',
        async ({ page }) => {
          await loadCapable(page, () => page.reload());
          const question = await send(page);
          const exchange = await exchangeOf(provider, question);
          connections.reset();
          await sleep(500); // for the browser's own repetition of the request, and the page's
          connections.reset();
          exchange.sendDelta(...WORDS);
          exchange.complete();
          await completed(page, TEXT);
          assert.equal(provider.exchangesWith(question).length, 1);
        },
        LOST_CONNECTION,
      );

      proxiedTest(
        'a screen reader hears once of an answer whose connection was lost',
        async ({ page }) => {
          const { exchange } = await ask(page, HALF);
          const announcements = await recordAnnouncements(page);
          const read = page.waitForResponse('**/v1/chat/stream*');
          connections.reset();
          await read;
          sendRest(exchange);
          await completed(page, TEXT);
          await announcements.waitFor(TEXT);
          const all = await announcements.all();
          assert.equal(all.length, 2, `${all}`);
          assert.match(all[0], /^Answer complete, \d+ words$/);
        },
        LOST_CONNECTION,
      );
    });

    for (const [where, define] of /** @type {const} */ ([
      ['', pageTest],
      [' of a page on another origin', splitTest],
    ])) {
      define(
        `a reload${where} at half of an answer loses and doubles nothing`,
        async ({ page }) => {
          const { question, exchange } = await ask(page, HALF);
          await reload(page);
          sendRest(exchange);
          await completed(page, TEXT);
          assert.equal(provider.exchangesWith(question).length, 1);
          await page.reload();
          await completed(page, TEXT);
        },
      );
    }

    pageTest('a reload before the first word loses and doubles nothing', async ({ page }) => {
      const { question, exchange } = await ask(page, 0);
      const read = page.waitForRequest('**/v1/chat/stream*');
      await page.reload();
      await read;
      exchange.sendDelta(...WORDS);
      exchange.complete();
      await completed(page, TEXT);
      assert.equal(provider.exchangesWith(question).length, 1);
    });

    pageTest('reloads while words arrive lose and double nothing', async ({ page }) => {
      const { question, exchange } = await ask(page, 0);
      const words = Array.from({ length: 300 }, (_, index) => `w${index} `);
      const sending = sendSlowly(exchange, words);
      for (const word of ['w60 ', 'w140 ', 'w220 ']) {
        await lastAnswer(page).getByText(word).waitFor();
        await page.reload();
      }
      await sending;
      exchange.complete();
      await completed(page, words.join('').trim());
      assert.equal(provider.exchangesWith(question).length, 1);
    });

    pageTest(
      'ten seconds offline lose nothing of what the provider sends meanwhile',
      ({ page }) => goesOnAfterOffline(page),
      LOST_CONNECTION,
    );

    pageTest('a page that was hidden and silent for a minute goes on', async ({ page }) => {
      await loadCapable(page, () => installClock(page));
      const { question, exchange } = await ask(page, HALF);
      await setVisibility(page, 'hidden');
      const read = page.waitForRequest('**/v1/chat/stream*');
      await page.clock.fastForward(60_000);
      await setVisibility(page, 'visible');
      await read;
      sendRest(exchange);
      await completed(page, TEXT);
      assert.equal(provider.exchangesWith(question).length, 1);
    });

    pageTest('of two tabs the other one completes the answer', async ({ page }) => {
      const reading = await openTab(page);
      const { question, exchange } = await ask(reading, HALF);
      await page.goto(reading.url());
      await shown(page, textOf(HALF));
      const read = page.waitForResponse('**/v1/chat/stream*');
      await reading.close();
      await read;
      sendRest(exchange);
      await completed(page, TEXT);
      assert.equal(provider.exchangesWith(question).length, 1);
    });

    for (const [when, reloads] of /** @type {[string, string[]][]} */ ([
      ['', []],
      [', also of a page that is reloaded before', ['before']],
      [', also of a page that is reloaded after', ['after']],
      [', also of a page that is reloaded twice', ['before', 'after']],
    ]))
      pageTest(`an answer begins again with the fallback${when}`, async ({ page }) => {
        const { question, exchange } = await ask(page, HALF);
        if (reloads.includes('before')) await reload(page);
        exchange.disconnect();
        const second = await exchangeOf(fallback, question);
        second.sendDelta('A slow ');
        await lastAnswer(page).getByText(NOTE).waitFor();
        await shown(page, 'A slow');
        if (reloads.includes('after')) await reload(page);
        second.sendDelta('red ', 'fox.');
        second.complete();
        await completed(page, 'A slow red fox.');
        assert.equal(await lastAnswer(page).getByText(NOTE).count(), 1);
        const requests = [provider, fallback].map(each => each.exchangesWith(question).length);
        assert.deepEqual(requests, [1, 1]);
      });
  });
});

/** @param {Settings} settings */
function start(settings) {
  return startGateway(
    {
      GATEWAY_TOKEN: TOKEN,
      OPENAI_API_KEY: 'sk-secret-provider-key',
      OPENAI_API_BASE: provider.base,
      MODEL_ID: 'scripted-1',
      RATE_LIMIT_PER_MINUTE: '1000',
      MAX_STREAMS_PER_CLIENT: '100',
      ...settings,
    },
    RARELY_OPEN,
  );
}

/**
 * Asks a question of its own, and streams so many words.
 * @param {Page} page
 * @param {number} count
 */
async function ask(page, count) {
  const isLoaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').some(({ name }) => /\/resumable-stream-/.test(name)),
  );
  if (!isLoaded) await loadCapable(page, () => page.reload());
  const question = await send(page);
  const exchange = await exchangeOf(provider, question);
  exchange.sendDelta(...WORDS.slice(0, count));
  if (count > 0) await shown(page, textOf(count));
  return { question, exchange };
}

/** Sends a question that no other test sends. @param {Page} page */
async function send(page) {
  const question = `Question ${randomUUID()}`;
  await sendMessage(page, question);
  return question;
}

/**
 * Waits for a request of the gateway.
 * @param {Provider} of
 * @param {string} question
 */
async function exchangeOf(of, question, index = 0) {
  const exchange = () => of.exchangesWith(question)[index];
  await waitUntil(WAIT_MS, 'the request', async () => exchange() !== undefined);
  return exchange();
}

/** @param {ProviderExchange} exchange */
function sendRest(exchange) {
  exchange.sendDelta(...WORDS.slice(HALF));
  exchange.complete();
}

/**
 * @param {ProviderExchange} exchange
 * @param {string[]} words
 */
async function sendSlowly(exchange, words) {
  for (let index = 0; index < words.length; index += 4) {
    exchange.sendDelta(...words.slice(index, index + 4));
    await sleep(20);
  }
}

/** Reloads the page, and waits until it reads the answer. @param {Page} page */
async function reload(page) {
  const read = page.waitForResponse('**/v1/chat/stream*');
  await page.reload();
  assert.equal((await read).status(), 200);
}

/** @param {Page} page */
async function goesOnAfterOffline(page) {
  const { question, exchange } = await ask(page, HALF);
  await page.context().setOffline(true);
  const half = HALF + 2;
  exchange.sendDelta(...WORDS.slice(HALF, half));
  await sleep(OFFLINE_MS);
  await page.context().setOffline(false);
  await shown(page, textOf(half));
  exchange.sendDelta(...WORDS.slice(half));
  exchange.complete();
  await completed(page, TEXT);
  assert.equal(provider.exchangesWith(question).length, 1);
}

/**
 * Presses Stop, and asserts that the provider's connection ends in time.
 * @param {Page} page
 * @param {ProviderExchange} exchange
 */
async function stopped(page, exchange) {
  const pressedAt = Date.now();
  await page.locator('#send').dispatchEvent('click');
  await exchange.aborted;
  const elapsed = Date.now() - pressedAt;
  assert.ok(elapsed < MAX_STOP_MS, `after ${elapsed} ms`);
  await page.locator('[data-status=stopped]').waitFor();
}

/** @param {number} count  of words */
function textOf(count) {
  return WORDS.slice(0, count).join('').trim();
}

/**
 * @param {Page} page
 * @param {string} text
 */
async function shown(page, text) {
  await page.waitForFunction(
    text => [...document.querySelectorAll('.turn-text')].at(-1)?.textContent?.trim() === text,
    text,
  );
}

/**
 * Waits for the complete answer, which has each word once.
 * @param {Page} page
 * @param {string} text
 */
async function completed(page, text) {
  await page.locator('[data-status=complete][data-role=assistant]').waitFor();
  assert.equal(await answerText(page), text);
}

/** @param {Page} page */
async function answerText(page) {
  return (await lastAnswer(page).locator('.turn-text').textContent())?.trim();
}

/** @param {Page} page */
async function openTab(page) {
  const other = await page.context().newPage();
  await loadCapable(other, () => other.goto(page.url()));
  return other;
}

/**
 * @param {Page} page
 * @param {'hidden' | 'visible'} state
 */
function setVisibility(page, state) {
  return page.evaluate(state => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
