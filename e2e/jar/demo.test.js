import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { contentSecurityPolicy } from '../../frontend/vite/policy.js';
import { attach } from '../support/attach.js';
import { noBrowser } from '../support/browser.js';
import { lastAnswer, sendMessage, untilCapable } from '../support/chat-page.js';
import { startGateway } from '../support/gateway.js';
import { pdf, picture } from '../support/pictures.js';
import { pageTests } from './page-tests.js';

/** @import { Locator, Page } from 'playwright-core' */
/** @import { Gateway } from '../support/gateway.js' */

const SETTINGS = {
  RATE_LIMIT_PER_MINUTE: '1000',
  MAX_STREAMS_PER_CLIENT: '100',
  FIRST_EVENT_TIMEOUT: '5s',
  IDLE_TIMEOUT: '5s',
};
const OPTIONS = [
  '--spring.profiles.active=demo',
  // Otherwise the failures of the drills open the circuit breaker.
  '--resilience4j.circuitbreaker.instances.provider.failure-rate-threshold=100',
];
const GENERAL = 'Something went wrong. Please try again.';
const BUSY = 'The chat service is busy. Please try again in a moment.';
const REFUSED =
  'The model’s provider refuses the account or the settings of this chat service. Only its operator can change that.';
const TIMED_OUT = 'The model is taking too long—please try again.';
/** What the page loads when its composer has the focus: a choice of models and of a search, and what attaches images. */
const FOR_THE_COMPOSER =
  /\/(?:capabilities|resumable-stream|answer-events|failure|chat-options|on-demand-(?:classes|icons)|attachment[a-z-]*|dialog|file-type)-|\/v1\/models$/;
const OPENING = /^This answer is a drill\..* on purpose:$/;
const FAILED_REQUEST = /^Failed to load resource: the server responded with a status of [45]\d\d/;

// A test mostly waits for the words of an answer, so several run concurrently.
describe('the demo', { skip: noBrowser, concurrency: 5 }, () => {
  /** @type {Gateway} */
  let demo;
  before(async () => {
    demo = await startGateway(SETTINGS, OPTIONS);
  });
  after(() => demo?.stop());
  const pageTest = pageTests(() => demo);

  pageTest('the demo serves its page with the policy of the static page', async ({ page }) => {
    const response = await page.reload();
    const served = (await response?.headerValue('content-security-policy')) ?? '';
    const policy = `${contentSecurityPolicy((await response?.text()) ?? '')}; frame-ancestors 'none'`;
    assert.deepEqual(served.split('; ').sort(), policy.split('; ').sort());
  });

  pageTest('an answer arrives in pieces and completes', async ({ page }) => {
    await sendMessage(page, 'Hello');
    const lengths = await lengthsUntilTheEnd(page);
    assert.ok(lengths.length >= 5, `only these lengths: ${lengths}`);
    assert.equal(await lastAnswer(page).getAttribute('data-status'), 'complete');
    assert.match(await textOf(page), /^Hello, and welcome.*What would you like to see first\?$/s);
  });

  pageTest('the demo says which images and which PDF arrived', async ({ page }) => {
    await page.locator('textarea').focus();
    await untilCapable(page);
    await attach(page, await picture(page, { width: 4000, height: 3000 }));
    await attach(page, pdf(2), 2);
    await sendMessage(page, 'What is this?');
    await lengthsUntilTheEnd(page);
    assert.match(
      await textOf(page),
      /I received one image, 1600 × 1200, \d+ KB, and one PDF, report\.pdf, \d+ bytes\./,
    );
    await sendMessage(page, 'And now?');
    await page.locator('[data-status=complete]').nth(1).waitFor();
    assert.match(await textOf(page), /You wrote: “And now\?”/);
  });

  pageTest('an answer quotes a message without a topic verbatim', async ({ page }) => {
    const messages = [
      'I <b>like</b> `code`, **stars** & [links](https://example.com)',
      String.raw`\(a\) \[b\] $$c$$ \d+\.\w \\server\share C:\new_folder\*`,
    ];
    for (const [index, message] of messages.entries()) {
      await sendMessage(page, message);
      await page.locator('article[data-status=complete]').nth(index).waitFor();
      const quoted = `This is the built-in demo, not a model. You wrote: “${message}”`;
      assert.ok((await textOf(page)).startsWith(quoted), await textOf(page));
      const text = lastAnswer(page).locator('.turn-text > p').first();
      assert.equal(await text.locator('*').count(), 0);
    }
  });

  pageTest('each suggestion of the first screen has its own answer', async ({ page }) => {
    const suggestions = await page.locator('#suggestions button').allInnerTexts();
    assert.equal(suggestions.length, 3);
    for (const [index, suggestion] of suggestions.entries()) {
      await sendMessage(page, suggestion);
      await page.locator('article[data-status=complete]').nth(index).waitFor();
      assert.doesNotMatch(await textOf(page), /You wrote/, suggestion);
    }
  });

  pageTest(
    'the page loads at most 40 KB in six requests before the first message',
    async ({ page }) => {
      await page.locator('#conversation-list').waitFor({ state: 'attached' });
      await untilCapable(page);
      const urls = await page.evaluate(() =>
        ['navigation', 'resource'].flatMap(kind =>
          performance.getEntriesByType(kind).map(({ name }) => name),
        ),
      );
      const first = urls.filter(url => !FOR_THE_COMPOSER.test(url));
      assert.ok(first.length >= 4 && first.length <= 6, `${urls}`);
      // Browsers accept brotli over TLS only, so its size is requested here.
      const headers = { 'Accept-Encoding': 'br' };
      const sizes = await Promise.all(
        urls.map(async url => {
          const response = await fetch(url, { headers });
          await response.arrayBuffer();
          return Number(response.headers.get('Content-Length'));
        }),
      );
      const bytes = sizes.reduce((sum, each) => sum + each, 0);
      assert.ok(bytes > 20 * 1024 && bytes <= 40 * 1024, `${bytes} bytes`);
    },
  );

  pageTest('an answer writes one log line without its text', async ({ page, gateway }) => {
    const [response] = await Promise.all([
      page.waitForResponse('**/v1/chat'),
      sendMessage(page, 'Say hello to Xanthippe'),
    ]);
    await waitForStatus(page, 'complete');
    const id = response.headers()['x-request-id'];
    assert.match(
      await gateway.waitForLog(new RegExp(id)),
      /outcome=completed .*output_tokens=[1-9]/,
    );
    assert.equal(gateway.output().split(id).length - 1, 1);
    assert.doesNotMatch(gateway.output(), /Xanthippe|every word was written/);
  });

  pageTest('Stop keeps the text and closes the upstream stream', async ({ page, gateway }) => {
    await untilCapable(page);
    const [response] = await Promise.all([
      page.waitForResponse('**/v1/chat'),
      sendMessage(page, 'Tell me a long story'),
    ]);
    const before = await textBeyond(page, 40);
    await page.locator('#send').click();
    const id = response.headers()['x-request-id'];
    await gateway.waitForLog(new RegExp(`outcome=client_closed .*${id}`));

    await waitForStatus(page, 'stopped');
    const text = await textOf(page);
    assert.ok(text.startsWith(before), `“${text}” was “${before}”`);
    await page.reload();
    await waitForStatus(page, 'stopped');
    assert.equal(await textOf(page), text);
  });

  pageTest('a reload keeps the conversation', async ({ page }) => {
    await sendMessage(page, 'Say hello');
    await waitForStatus(page, 'complete');
    await sendMessage(page, '/drill refusal');
    await page.locator('[data-status=complete]').nth(1).waitFor();
    const before = await page.locator('.turn-text').allInnerTexts();
    assert.equal(before.length, 4);

    await page.reload();
    await page.locator('.turn-text').nth(3).waitFor();
    assert.deepEqual(await page.locator('.turn-text').allInnerTexts(), before);
    await page.getByRole('link', { name: 'Say hello' }).waitFor();
  });

  pageTest('a reload during an answer loses nothing of it', async ({ page, gateway }) => {
    await untilCapable(page);
    const [response] = await Promise.all([
      page.waitForResponse('**/v1/chat'),
      sendMessage(page, 'Hello'),
    ]);
    const before = await textBeyond(page, 40);
    await page.reload();
    await waitForStatus(page, 'complete');
    const text = await textOf(page);
    assert.ok(text.startsWith(before) && text !== before, `“${text}” was “${before}”`);
    assert.match(text, /What would you like to see first\?$/);
    assert.equal(await page.locator('.spinner-dot:visible, [aria-busy=true]').count(), 0);
    assert.equal(await page.locator('#send').getAttribute('aria-label'), 'Send');
    const id = response.headers()['x-request-id'];
    await gateway.waitForLog(new RegExp(`outcome=completed .*${id}`));
  });

  pageTest(
    'an error before the answer shows its sentence, and Retry where it can help',
    async ({ page }) => {
      const failures = /** @type {const} */ ([
        ['quota', REFUSED, false],
        ['rate', BUSY, true],
        ['overloaded', BUSY, true],
        ['key', REFUSED, false],
        ['error', GENERAL, true],
        ['html', GENERAL, true],
        ['long', 'This conversation is too long. Please start a new one.', false],
      ]);
      /** @type {(readonly [string, string, boolean])[]} */
      const shown = [];
      for (const [drill] of failures) {
        const turn = await startDrill(page, drill);
        const sentence = await textContent(turn.getByRole('alert'));
        const hasRetry = (await turn.getByRole('button', { name: /^Retry/ }).count()) > 0;
        shown.push([drill, sentence, hasRetry]);
        assert.equal(await textContent(turn.locator('.turn-text')), '');
      }
      assert.deepEqual(shown, failures);
    },
    FAILED_REQUEST,
  );

  pageTest(
    'the Retry button counts down the provider’s Retry-After',
    async ({ page }) => {
      const turn = await startDrill(page, 'overloaded');
      await turn.getByRole('button', { name: /^Retry in [56]\d s$/ }).waitFor();
    },
    FAILED_REQUEST,
  );

  pageTest(
    'a silent provider times out and the page offers Retry',
    async ({ page }) => {
      const turn = await startDrill(page, 'timeout');
      assert.equal(await textContent(turn.getByRole('alert')), TIMED_OUT);
      await turn.getByRole('button', { name: 'Retry' }).waitFor();
    },
    FAILED_REQUEST,
  );

  pageTest('an error during an answer shows its message and keeps the text', async ({ page }) => {
    const failures = /** @type {const} */ ([
      ['late', GENERAL],
      ['cut', GENERAL],
      ['eof', GENERAL],
      ['idle', TIMED_OUT],
    ]);
    /** @type {string[][]} */
    const shown = [];
    for (const [drill] of failures) {
      const turn = await startDrill(page, drill);
      shown.push([drill, await textContent(turn.getByRole('alert'))]);
      assert.match(await textContent(turn.locator('.turn-text')), OPENING);
      await turn.getByRole('button', { name: 'Retry' }).waitFor();
    }
    assert.deepEqual(shown, failures);
  });

  pageTest('Retry sends the same message and replaces the failed answer', async ({ page }) => {
    const turn = await startDrill(page, 'late');
    await turn.getByRole('alert').waitFor();
    const [again] = await Promise.all([
      page.waitForRequest('**/v1/chat'),
      turn.getByRole('button', { name: 'Retry' }).click(),
    ]);
    const { messages, ...options } = again.postDataJSON();
    assert.deepEqual(messages, [{ role: 'user', content: '/drill late' }]);
    assert.deepEqual(options, { model: 'demo', reasoning: 'summary' });
    await page.locator('[data-status=streaming]').waitFor();
    assert.equal(await page.locator('article').count(), 2);
  });

  pageTest('an incomplete or refused answer shows no error', async ({ page }) => {
    const incomplete = await startDrill(page, 'incomplete');
    await incomplete.getByText('The answer reached its length limit.', { exact: true }).waitFor();
    assert.match(await textContent(incomplete.locator('.turn-text')), OPENING);

    const filter = await startDrill(page, 'filter');
    const note = 'The provider’s content filter ended the answer.';
    await filter.getByText(note, { exact: true }).waitFor();
    assert.match(await textContent(filter.locator('.turn-text')), OPENING);

    const refusal = await startDrill(page, 'refusal');
    await refusal.and(page.locator('[data-status=complete]')).waitFor();
    const words = await textContent(refusal.locator('.turn-text'));
    assert.match(words, /^I am sorry, but I cannot help with that\./);
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  pageTest('the page renders headings, lists, a table and highlighted code', async ({ page }) => {
    await sendMessage(page, 'Show me what you can render');
    await waitForStatus(page, 'complete', 40_000);
    const text = lastAnswer(page).locator('.turn-text');
    assert.ok((await text.locator('h3, h4, h5, h6').count()) >= 5);
    assert.deepEqual(await text.getByRole('table').getByRole('columnheader').allInnerTexts(), [
      'Event',
      'When',
      'How often',
    ]);
    assert.equal(await text.getByRole('table').getByRole('row').count(), 4);
    assert.equal(await text.getByRole('checkbox').count(), 3);
    assert.equal(await text.locator('blockquote').count(), 1);
    assert.equal(await text.locator('pre code').count(), 6);
    await text.locator('pre code span').first().waitFor();
    assert.match(
      await textContent(text.locator('pre').first()),
      /^record Point\(double x, double y\)/,
    );
    for (const syntax of ['**', '```', '|---', '~~', '[x]', '](']) {
      assert.equal((await textContent(text)).includes(syntax), false, syntax);
    }
  });
});

/** @param {Page} page */
function textOf(page) {
  return textContent(lastAnswer(page).locator('.turn-text'));
}

/** @param {Locator} locator */
async function textContent(locator) {
  return (await locator.textContent()) ?? '';
}

/**
 * Sends the command of a drill and returns the turn of its answer.
 * @param {Page} page
 * @param {string} name
 */
async function startDrill(page, name) {
  const turns = page.locator('article[data-role=assistant]');
  const before = await turns.count();
  await sendMessage(page, `/drill ${name}`);
  return turns.nth(before);
}

/**
 * @param {Page} page
 * @param {string} status
 * @param {number} [timeout]
 */
function waitForStatus(page, status, timeout = 30_000) {
  return page.locator(`article[data-status=${status}]`).first().waitFor({ timeout });
}

/**
 * Waits until the answer has that many characters and returns its text.
 * @param {Page} page
 * @param {number} length
 */
async function textBeyond(page, length) {
  const text = await page.waitForFunction(minLength => {
    const texts = document.querySelectorAll('article[data-role=assistant] .turn-text');
    const now = [...texts].at(-1)?.textContent ?? '';
    return now.length >= minLength && now;
  }, length);
  return String(await text.jsonValue());
}

/**
 * The lengths of the answer in successive frames, until it ends.
 * @param {Page} page
 * @returns {Promise<number[]>}
 */
function lengthsUntilTheEnd(page) {
  return page.evaluate(
    () =>
      new Promise(resolve => {
        /** @type {Set<number>} */
        const seen = new Set();
        sample();

        function sample() {
          const turn = document.querySelector('article[data-role=assistant]');
          const { length } = turn?.querySelector('.turn-text')?.textContent ?? '';
          const status = turn?.getAttribute('data-status');
          if (status && status !== 'streaming') return resolve([...seen]);
          if (length > Math.max(0, ...seen)) seen.add(length);
          requestAnimationFrame(sample);
        }
      }),
  );
}
