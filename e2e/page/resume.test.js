import assert from 'node:assert/strict';
import {
  completeAnswer,
  installClock,
  lastAnswer,
  loadCapable,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';
import { waitUntil } from '../support/gateway.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */
/** @typedef {Awaited<ReturnType<ScriptedGateway['nextExchange']>>} HttpExchange */

const CAPABLE = { capabilities: ['resume', 'restart'] };
const WORDS = ['The ', 'quick ', 'brown ', 'fox ', 'jumps ', 'over ', 'the ', 'lazy ', 'dog.'];
const TEXT = WORDS.join('');
const INTERRUPTED = 'Interrupted before the answer was complete.';
const WAIT_MS = 20_000;

for (const at of [0, 1, 4, 8])
  pageTest(
    `a reload after ${at} of ${WORDS.length} words loses and doubles nothing`,
    async ({ page, gateway }) => {
      const exchange = await ask(page, gateway, at);
      await page.reload();
      await waitForReads(gateway, 1);
      await finish(page, exchange, at);
      assert.equal(gateway.exchanges.length, 1);
      await page.reload();
      await completed(page);
      assert.equal(await containsKey(page, exchange), false);
    },
    CAPABLE,
  );

pageTest(
  'an answer that is asked for before the gateway has announced anything outlives a reload',
  async ({ page, gateway }) => {
    await page.route('**/v1/models', async route => {
      await new Promise(resolve => setTimeout(resolve, 400));
      await route.continue();
    });
    await page.reload();
    const exchange = await ask(page, gateway, 4);
    assert.equal(exchange.body.restart, true);
    await page.reload();
    await waitForReads(gateway, 1);
    await finish(page, exchange, 4);
    assert.equal(gateway.exchanges.length, 1);
  },
  CAPABLE,
);

pageTest(
  'a reload while words arrive loses and doubles nothing',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 1);
    const words = Array.from({ length: 400 }, (_, index) => `w${index} `);
    const rest = [...words];
    const sending = (async () => {
      while (rest.length > 0) {
        exchange.sendDelta(...rest.splice(0, 4));
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    })();
    for (let reload = 0; reload < 3; reload++) {
      await lastAnswer(page)
        .getByText(`w${reload * 100}`)
        .waitFor();
      await page.reload();
    }
    await sending;
    exchange.complete();
    await page.locator('[data-status=complete]').waitFor();
    assert.equal(await answerText(page), `The ${words.join('')}`.trim());
    assert.equal(gateway.exchanges.length, 1);
  },
  CAPABLE,
);

for (const at of [0, 1, 5, WORDS.length])
  pageTest(
    `a connection that is cut after ${at} words is made again`,
    async ({ page, gateway }) => {
      const exchange = await ask(page, gateway, at);
      exchange.disconnect();
      await waitForReads(gateway, 1);
      await finish(page, exchange, at);
      assert.deepEqual([gateway.exchanges.length, gateway.reads], [1, [at]]);
    },
    CAPABLE,
  );

pageTest(
  'an answer is whole although each connection is cut',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 0);
    for (const [index, word] of WORDS.entries()) {
      exchange.sendDelta(word);
      await shown(page, WORDS.slice(0, index + 1).join(''));
      if (index % 2) exchange.end();
      else exchange.disconnect();
      await waitForReads(gateway, index + 1);
    }
    exchange.complete();
    await completed(page);
    assert.equal(gateway.exchanges.length, 1);
  },
  CAPABLE,
);

pageTest(
  'ten seconds offline are shown as a reconnection, and nothing is lost',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 3);
    const announcements = await recordAnnouncements(page);
    await page.context().setOffline(true);
    exchange.disconnect();
    await lastAnswer(page).getByText('Reconnecting…').waitFor();
    exchange.sendDelta(...WORDS.slice(3, 6));
    await new Promise(resolve => setTimeout(resolve, 10_000));
    assert.deepEqual(gateway.reads, []);
    await page.context().setOffline(false);
    await shown(page, WORDS.slice(0, 6).join(''));
    await page.getByText('Reconnecting…').waitFor({ state: 'hidden' });
    await finish(page, exchange, 6);
    assert.deepEqual(gateway.reads, [3]);
    const all = await announcements.all();
    assert.deepEqual(
      all.filter(text => /connect|Answer|quick/i.test(text)),
      ['Answer complete, 9 words', TEXT],
    );
  },
  CAPABLE,
);

pageTest(
  'a page that was hidden and silent for a minute goes on',
  async ({ page, gateway }) => {
    await loadCapable(page, () => installClock(page));
    const exchange = await ask(page, gateway, 3);
    await setVisibility(page, 'hidden');
    await page.clock.fastForward(60_000);
    await setVisibility(page, 'visible');
    await waitForReads(gateway, 1);
    await finish(page, exchange, 3);
    assert.equal(gateway.reads[0], 3);
  },
  CAPABLE,
);

pageTest(
  'a gateway that was restarted has no answer, and Continue is offered',
  async ({ page, gateway }) => {
    await ask(page, gateway, 3);
    const announcements = await recordAnnouncements(page);
    gateway.forget();
    await lastAnswer(page).getByText(INTERRUPTED).waitFor();
    assert.equal(await answerText(page), 'The quick brown');
    assert.deepEqual(await announcements.all(), ['The answer was interrupted']);
    assert.deepEqual(gateway.reads, [3]);
    await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
    const { sendDelta, complete, headers } = await gateway.nextExchange();
    assert.notEqual(headers['resume-key'], gateway.exchanges[0].headers['resume-key']);
    sendDelta('fox jumps over ', 'the lazy dog.');
    complete();
    await completed(page);
  },
  CAPABLE,
);

pageTest(
  'an answer without text that the gateway does not have fails, and Retry asks',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 0);
    gateway.forget();
    await lastAnswer(page).getByRole('alert').waitFor();
    await lastAnswer(page).getByRole('button', { name: 'Retry' }).click();
    const { headers } = await completeAnswer(page, gateway, TEXT);
    assert.notEqual(headers['resume-key'], exchange.headers['resume-key']);
  },
  CAPABLE,
);

pageTest(
  'a question whose response is cut before its first event is not asked again',
  async ({ page, gateway }) => {
    const begun = page.waitForResponse('**/v1/chat');
    await sendMessage(page, 'Tell me');
    const exchange = await gateway.nextExchange();
    exchange.sendComment();
    await begun;
    exchange.disconnect();
    await waitForReads(gateway, 1);
    exchange.sendDelta(...WORDS);
    exchange.complete();
    await completed(page);
    assert.deepEqual([gateway.exchanges.length, gateway.reads], [1, [-1]]);
  },
  CAPABLE,
);

// Chromium itself repeats a POST on a connection that it reuses; it has the same key.
pageTest(
  'a question whose response is lost is not asked again',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Tell me');
    const exchange = await gateway.nextExchange();
    exchange.disconnect();
    await exchange.aborted;
    await waitUntil(WAIT_MS, 'another connection', async () => exchange.isRead());
    exchange.sendDelta(...WORDS);
    exchange.complete();
    await completed(page);
    assert.equal(gateway.exchanges.length, 1);
  },
  CAPABLE,
);

pageTest(
  'a question that is lost is sent again with the same key',
  async ({ page, gateway }) => {
    /** @type {(string | undefined)[]} */
    const keys = [];
    await page.route('**/v1/chat', route => {
      keys.push(route.request().headers()['resume-key']);
      return keys.length === 1 ? route.abort() : route.continue();
    });
    await sendMessage(page, 'Tell me');
    await completeAnswer(page, gateway, TEXT);
    assert.deepEqual([keys.length, new Set(keys).size, gateway.exchanges.length], [2, 1, 1]);
    assert.match(keys[0] ?? '', /^[\w-]{22}$/);
  },
  CAPABLE,
);

pageTest(
  'a question that meets another one under its key fails',
  async ({ page, gateway }) => {
    const error = { code: 'resume_conflict', message: 'Something went wrong.', retryable: false };
    await page.route('**/v1/chat', route => route.fulfill({ status: 409, json: { error } }));
    await sendMessage(page, 'Tell me');
    assert.equal(await lastAnswer(page).getByRole('alert').textContent(), error.message);
    assert.deepEqual(gateway.reads, []);
  },
  CAPABLE,
);

pageTest(
  'a 204 is the end of the answer',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, WORDS.length);
    await page.route('**/v1/chat/stream*', route => route.fulfill({ status: 204 }));
    exchange.disconnect();
    await completed(page);
  },
  CAPABLE,
);

pageTest(
  'Stop during an answer tells the gateway, and a reload does not resume it',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 3);
    await page.locator('#send').click();
    await page.locator('[data-status=stopped]').waitFor();
    await exchange.aborted; // by the gateway or by the page
    await waitUntil(WAIT_MS, 'the cancellation', async () => gateway.cancelled.length === 1);
    assert.equal(gateway.cancelled[0], exchange.headers['resume-key']);
    await page.reload();
    await page.locator('[data-status=stopped]').waitFor();
    assert.equal(await answerText(page), 'The quick brown');
    assert.deepEqual(gateway.reads, []);
  },
  CAPABLE,
);

for (const offline of [false, true])
  pageTest(
    `Stop ends a reconnection${offline ? ' of a browser that is offline' : ''}`,
    async ({ page, gateway }) => {
      const exchange = await ask(page, gateway, 3);
      if (offline) await page.context().setOffline(true);
      else gateway.setDown(true);
      exchange.disconnect();
      await lastAnswer(page).getByText('Reconnecting…').waitFor();
      await page.locator('#send').click();
      await page.locator('[data-status=stopped]').waitFor();
      assert.equal(await page.getByText('Reconnecting…').isVisible(), false);
      gateway.setDown(false);
      await page.context().setOffline(false);
      await page.reload();
      await page.locator('[data-status=stopped]').waitFor();
      assert.equal(await answerText(page), 'The quick brown');
      assert.deepEqual(gateway.reads, []);
    },
    CAPABLE,
  );

pageTest(
  'an answer that another client stopped is shown as stopped',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 3);
    exchange.incomplete('cancelled');
    await page.locator('[data-status=stopped]').waitFor();
    assert.equal(await answerText(page), 'The quick brown');
  },
  CAPABLE,
);

pageTest(
  'of two tabs the other one goes on after the tab that was reading',
  async ({ page, gateway }) => {
    const reading = await openTab(page);
    const exchange = await ask(reading, gateway, 3);
    await page.goto(reading.url());
    await shown(page, 'The quick brown ');
    assert.deepEqual(gateway.reads, []);
    await reading.close();
    await waitForReads(gateway, 1);
    await finish(page, exchange, 3);
    assert.deepEqual([gateway.exchanges.length, gateway.reads.length], [1, 1]);
  },
  CAPABLE,
);

pageTest(
  'of two tabs that are reloaded one goes on, and both show the answer',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 3);
    const other = await openTab(page);
    await shown(other, 'The quick brown ');
    await Promise.all([page.reload(), other.reload()]);
    await waitForReads(gateway, 1);
    exchange.sendDelta(...WORDS.slice(3));
    exchange.complete();
    await Promise.all([completed(page), completed(other)]);
    assert.equal(gateway.exchanges.length, 1);
  },
  CAPABLE,
);

pageTest(
  'another tab goes on after a crash',
  async ({ page, gateway }) => {
    const reading = await openTab(page);
    const exchange = await ask(reading, gateway, 3);
    await page.goto(reading.url());
    await shown(page, 'The quick brown ');
    const session = await reading.context().newCDPSession(reading);
    session.send('Page.crash').catch(() => {});
    await waitForReads(gateway, 1);
    await finish(page, exchange, 3);
  },
  CAPABLE,
);

pageTest(
  'an answer in a conversation that is not open goes on after a reload',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 3);
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(new URL('/', gateway.url).href);
    await page.getByRole('navigation').getByRole('link', { name: 'Tell me' }).waitFor();
    await waitForReads(gateway, 1);
    exchange.sendDelta(...WORDS.slice(3));
    exchange.complete();
    await page.locator('#conversation-list [role=img]').waitFor({ state: 'detached' });
    exchange.disconnect();
    await page.goto(address);
    await completed(page);
    assert.deepEqual([gateway.reads.length, gateway.exchanges.length], [1, 1]);
  },
  CAPABLE,
);

pageTest(
  'an answer that is too old is interrupted and not requested',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 3);
    await page.addInitScript(() => {
      const now = Date.now;
      Date.now = () => now() + 200_000;
    });
    await page.reload();
    await page.locator('[data-status=interrupted]').waitFor();
    assert.equal(await answerText(page), 'The quick brown');
    assert.deepEqual(gateway.reads, []);
    await waitUntil(
      WAIT_MS,
      'the removal of the key',
      async () => !(await containsKey(page, exchange)),
    );
  },
  CAPABLE,
);

pageTest(
  'an answer that the gateway does not keep ends with its connection',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Tell me');
    const exchange = await gateway.nextExchange();
    exchange.start({ resumable: false });
    exchange.sendDelta('The ');
    await shown(page, 'The ');
    exchange.disconnect();
    await lastAnswer(page).getByRole('alert').waitFor();
    assert.deepEqual(gateway.reads, []);
  },
  CAPABLE,
);

pageTest(
  'deleting a conversation stops its answer at the gateway',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 3);
    await page.getByRole('button', { name: 'More for “Tell me”' }).press('Enter');
    await page.getByRole('button', { name: 'Delete' }).press('Enter');
    await waitUntil(WAIT_MS, 'the cancellation', async () => gateway.cancelled.length === 1);
    assert.equal(gateway.cancelled[0], exchange.headers['resume-key']);
  },
  CAPABLE,
);

pageTest(
  'a page that is restored from the back-forward cache goes on',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 3);
    await page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    });
    await waitUntil(WAIT_MS, 'the end of the connection', async () => !exchange.isRead());
    exchange.sendDelta(...WORDS.slice(3, 5));
    await page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    await waitForReads(gateway, 1);
    await finish(page, exchange, 5);
    assert.deepEqual([gateway.exchanges.length, gateway.cancelled], [1, []]);
  },
  CAPABLE,
);

pageTest(
  'a screen reader hears of a reloaded answer only what is new, once',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 3);
    await page.addInitScript(() => {
      const now = Date.now;
      const later = now() + 5000; // the question is not a new one
      Date.now = () => Math.max(now(), later);
    });
    await page.reload();
    const announcements = await recordAnnouncements(page);
    await waitForReads(gateway, 1);
    exchange.disconnect();
    await waitForReads(gateway, 2);
    await finish(page, exchange, 3);
    await announcements.waitFor('fox jumps over the lazy dog.');
    const all = await announcements.all();
    assert.deepEqual(
      all.filter(text => text !== 'Answering'), // can precede the recording
      ['Answer complete, 6 words', 'fox jumps over the lazy dog.'],
    );
  },
  CAPABLE,
);

for (const [what, abort] of /** @type {[string, () => void][]} */ ([
  ['aborts the request itself', () => stop()],
  [
    'reports “Load failed”',
    () => {
      const { fetch } = window;
      let failed = false;
      window.fetch = (...request) => {
        if (failed) return fetch(...request);
        failed = true;
        return Promise.reject(new TypeError('Load failed'));
      };
      stop();
    },
  ],
]))
  pageTest(
    `an answer goes on after a browser that was in the background ${what}`,
    async ({ page, gateway }) => {
      const exchange = await ask(page, gateway, 3);
      await page.evaluate(abort);
      await waitForReads(gateway, 1);
      await finish(page, exchange, 3);
      assert.deepEqual([gateway.exchanges.length, gateway.cancelled], [1, []]);
    },
    CAPABLE,
  );

pageTest(
  'an answer that ended while the browser was offline is complete',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 3);
    await page.context().setOffline(true);
    exchange.disconnect();
    exchange.sendDelta(...WORDS.slice(3));
    exchange.complete();
    await lastAnswer(page).getByText('Reconnecting…').waitFor();
    await page.context().setOffline(false);
    await completed(page);
    await page.getByRole('button', { name: 'Send' }).waitFor();
  },
  CAPABLE,
);

pageTest(
  'an answer that failed while its page was closed keeps its text and says why',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 3);
    const address = page.url();
    await page.goto('about:blank');
    await exchange.aborted;
    exchange.sendDelta('fox ');
    exchange.sendErrorEvent('overloaded', 'The chat service is busy.');
    await page.goto(address);
    await lastAnswer(page).getByText('The chat service is busy.').waitFor();
    assert.equal(await answerText(page), 'The quick brown fox');
    await lastAnswer(page).getByRole('button', { name: 'Continue' }).waitFor();
  },
  CAPABLE,
);

pageTest(
  'a resumed answer stays in its conversation while another one is open',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Another question');
    await completeAnswer(page, gateway, 'Another answer');
    await page.locator('#new-chat').click();
    const exchange = await ask(page, gateway, 3);
    await page.reload();
    await waitForReads(gateway, 1);
    const list = page.getByRole('navigation');
    await list.getByRole('link', { name: 'Another question' }).click();
    await lastAnswer(page).getByText('Another answer').waitFor();
    exchange.disconnect();
    await waitForReads(gateway, 2);
    exchange.sendDelta(...WORDS.slice(3));
    exchange.complete();
    await list.getByRole('link', { name: 'Tell me' }).click();
    await shown(page, TEXT);
    await completed(page);
    await list.getByRole('link', { name: 'Another question' }).click();
    await shown(page, 'Another answer');
  },
  CAPABLE,
);

pageTest(
  'the next question after an interrupted answer has its text',
  async ({ page, gateway }) => {
    await ask(page, gateway, 3);
    gateway.forget();
    await lastAnswer(page).getByText(INTERRUPTED).waitFor();
    await sendMessage(page, 'And then?');
    const { body } = await gateway.nextExchange();
    assert.deepEqual(
      body.messages.map((/** @type {{ content: string }} */ { content }) => content.trim()),
      ['Tell me', 'The quick brown', 'And then?'],
    );
  },
  CAPABLE,
);

pageTest(
  'a message that waits for the answer is sent after its resumption, once',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway, 3);
    await sendMessage(page, 'And then?');
    exchange.disconnect();
    await waitForReads(gateway, 1);
    exchange.sendDelta(...WORDS.slice(3));
    exchange.complete();
    const { body } = await completeAnswer(page, gateway, 'Nothing.');
    assert.deepEqual(
      body.messages.map((/** @type {{ content: string }} */ { content }) => content),
      ['Tell me', TEXT, 'And then?'],
    );
    assert.equal(gateway.exchanges.length, 2);
  },
  CAPABLE,
);

pageTest('an older gateway gets no new header and no new field', async ({ page, gateway }) => {
  await page.locator('textarea[name=message]').focus();
  await sendMessage(page, 'Tell me');
  const { body, headers } = await completeAnswer(page, gateway, TEXT);
  assert.deepEqual(Object.keys(body), ['messages']);
  assert.equal('resume-key' in headers, false);
});

pageTest('a message does not wait for what the gateway announces', async ({ page, gateway }) => {
  await page.route('**/v1/models', () => {}); // no response
  await page.reload();
  await sendMessage(page, 'Tell me');
  const { body, headers } = await completeAnswer(page, gateway, TEXT);
  assert.deepEqual([Object.keys(body), 'resume-key' in headers], [['messages'], false]);
});

pageTest(
  'the gateway is asked once what it can do, and every kind of request has a new key',
  async ({ page, gateway }) => {
    let asked = 0;
    page.on('request', request => {
      if (request.url().endsWith('/v1/models')) asked++;
    });
    const first = await ask(page, gateway, 3);
    first.incomplete('max_output_tokens');
    await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
    await completeAnswer(page, gateway, 'The quick brown fox');
    await lastAnswer(page).hover();
    await lastAnswer(page).getByRole('button', { name: 'Regenerate' }).click();
    await completeAnswer(page, gateway, 'Another one');
    await page.locator('textarea[name=message]').press('ArrowUp');
    await page.locator('textarea[name=edit]').fill('Tell me more');
    await page.keyboard.press('Enter');
    await completeAnswer(page, gateway, 'More');
    const keys = gateway.exchanges.map(({ headers }) => headers['resume-key']);
    assert.deepEqual([keys.length, new Set(keys).size], [4, 4]);
    for (const { body } of gateway.exchanges) assert.equal(body.restart, true);
    assert.equal(asked, 0);
  },
  CAPABLE,
);

/**
 * Asks, and streams so many words.
 * @param {Page} page
 * @param {ScriptedGateway} gateway
 * @param {number} count
 */
async function ask(page, gateway, count) {
  await sendMessage(page, 'Tell me');
  const exchange = await gateway.nextExchange();
  exchange.start();
  exchange.sendDelta(...WORDS.slice(0, count));
  await lastAnswer(page).waitFor();
  if (count > 0) await shown(page, WORDS.slice(0, count).join(''));
  else await waitForCreated(page);
  return exchange;
}

/**
 * Streams the words from this one on, and waits for the complete answer.
 * @param {Page} page
 * @param {HttpExchange} exchange
 * @param {number} from
 */
async function finish(page, exchange, from) {
  exchange.sendDelta(...WORDS.slice(from));
  exchange.complete();
  await completed(page);
}

/** Waits until the page has the model of the answer. @param {Page} page */
async function waitForCreated(page) {
  await page.waitForFunction(
    () =>
      new Promise(resolve => {
        document.dispatchEvent(new Event('visibilitychange')); // writes what is pending
        const request = indexedDB.open('minimal-chatbot');
        request.onsuccess = () => {
          const all = request.result.transaction('messages').objectStore('messages').getAll();
          all.onsuccess = () => {
            request.result.close();
            resolve(all.result.some(({ model }) => model));
          };
        };
      }),
  );
}

/**
 * @param {Page} page
 * @param {string} text
 */
async function shown(page, text) {
  await page.waitForFunction(
    text =>
      [...document.querySelectorAll('.turn-text')].at(-1)?.textContent?.trim() === text.trim(),
    text,
  );
}

/** Waits for the complete answer, which has each word once. @param {Page} page */
async function completed(page) {
  await page.locator('[data-status=complete][data-role=assistant]').waitFor();
  assert.equal(await answerText(page), TEXT);
}

/** @param {Page} page */
async function answerText(page) {
  return (await lastAnswer(page).locator('.turn-text').textContent())?.trim();
}

/**
 * Waits until answers were requested again so often.
 * @param {ScriptedGateway} gateway
 * @param {number} count
 */
function waitForReads(gateway, count) {
  return waitUntil(WAIT_MS, `${count} reads`, async () => gateway.reads.length >= count);
}

/** @param {Page} page */
async function openTab(page) {
  const other = await page.context().newPage();
  await loadCapable(other, () => other.goto(page.url()));
  return other;
}

/**
 * Whether the key of the answer is stored.
 * @param {Page} page
 * @param {{ headers: NodeJS.Dict<string | string[]> }} exchange
 */
async function containsKey(page, { headers }) {
  const stored = await page.evaluate(
    () =>
      new Promise(resolve => {
        const request = indexedDB.open('minimal-chatbot');
        request.onsuccess = () => {
          const all = request.result.transaction('messages').objectStore('messages').getAll();
          all.onsuccess = () => {
            request.result.close();
            resolve(JSON.stringify(all.result));
          };
        };
      }),
  );
  return String(stored).includes(String(headers['resume-key']));
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
