import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { contentSecurityPolicy } from '../../frontend/vite/policy.js';
import { noBrowser } from '../support/browser.js';
import { answer, ask } from '../support/chat-page.js';
import { gateway } from '../support/gateway.js';
import { visits } from './visits.js';

/** @import { Locator, Page } from 'playwright-core' */
/** @import { Gateway } from '../support/gateway.js' */

const SETTINGS = {
  RATE_LIMIT_PER_MINUTE: '1000',
  MAX_STREAMS_PER_CLIENT: '100',
  FIRST_EVENT_TIMEOUT: '5s',
  IDLE_TIMEOUT: '5s',
  // Otherwise the failures of the drills open the circuit breaker.
  RESILIENCE4J_CIRCUITBREAKER_INSTANCES_PROVIDER_FAILURERATETHRESHOLD: '100',
};
const GENERAL = 'Something went wrong. Please try again.';
const BUSY = 'The chat service is busy. Please try again in a moment.';
const TIMED_OUT = 'The model is taking too long—please try again.';
const OPENING = /^This answer is a drill\..* on purpose:$/;
const FAILED_REQUEST = /^Failed to load resource: the server responded with a status of [45]\d\d/;

// A visit mostly waits for the words of an answer, so several run concurrently.
describe('the demo', { skip: noBrowser, concurrency: 5 }, () => {
  /** @type {Gateway} */
  let demo;
  before(async () => {
    demo = await gateway(SETTINGS, ['--spring.profiles.active=demo']);
  });
  after(() => demo?.stop());
  const visit = visits(() => demo);

  visit('serves its page under the policy that a static page has', async ({ page }) => {
    const response = await page.reload();
    const served = (await response?.headerValue('content-security-policy')) ?? '';
    const policy = `${contentSecurityPolicy((await response?.text()) ?? '')}; frame-ancestors 'none'`;
    assert.deepEqual(served.split('; ').sort(), policy.split('; ').sort());
  });

  visit('an answer arrives in pieces and completes', async ({ page }) => {
    await ask(page, 'Hello');
    const lengths = await lengthsUntilTheEnd(page);
    assert.ok(lengths.length >= 5, `only these lengths: ${lengths}`);
    assert.equal(await answer(page).getAttribute('data-status'), 'complete');
    assert.match(await textOf(page), /^Hello, and welcome.*What would you like to see first\?$/s);
  });

  visit('a message without a topic is quoted exactly as it was written', async ({ page }) => {
    const message = 'I <b>like</b> `code`, **stars** & [links](https://example.com)';
    await ask(page, message);
    await ended(page, 'complete');
    const quoted = `This is the built-in demo, not a model. You wrote: “${message}”`;
    assert.ok((await textOf(page)).startsWith(quoted), await textOf(page));
    assert.equal(await answer(page).locator('.turn-text').locator('b, strong, a').count(), 0);
  });

  visit('every suggestion of the first screen has an answer of its own', async ({ page }) => {
    const suggestions = await page.locator('#suggestions button').allInnerTexts();
    assert.equal(suggestions.length, 3);
    for (const [index, suggestion] of suggestions.entries()) {
      await ask(page, suggestion);
      await page.locator('article[data-status=complete]').nth(index).waitFor();
      assert.doesNotMatch(await textOf(page), /You wrote/, suggestion);
    }
  });

  visit(
    'the page loads at most 40 KB in six requests before the first message',
    async ({ page }) => {
      await page.locator('#conversation-list').waitFor({ state: 'attached' });
      const asked = await page.evaluate(() =>
        ['navigation', 'resource'].flatMap(kind =>
          performance.getEntriesByType(kind).map(({ name }) => name),
        ),
      );
      assert.ok(asked.length >= 4 && asked.length <= 6, `${asked}`);
      // Browsers accept brotli over TLS only, so its size is requested here.
      const headers = { 'Accept-Encoding': 'br' };
      const weights = await Promise.all(
        asked.map(async url => {
          const response = await fetch(url, { headers });
          await response.arrayBuffer();
          return Number(response.headers.get('Content-Length'));
        }),
      );
      const bytes = weights.reduce((sum, each) => sum + each, 0);
      assert.ok(bytes > 20 * 1024 && bytes <= 40 * 1024, `${bytes} bytes`);
    },
  );

  visit('an answer writes one log line without its text', async ({ page, gateway }) => {
    const [answered] = await Promise.all([
      page.waitForResponse('**/v1/chat'),
      ask(page, 'Say hello to Xanthippe'),
    ]);
    await ended(page, 'complete');
    const id = answered.headers()['x-request-id'];
    assert.match(await gateway.logged(new RegExp(id)), /outcome=completed .*output_tokens=[1-9]/);
    assert.equal(gateway.output().split(id).length - 1, 1);
    assert.doesNotMatch(gateway.output(), /Xanthippe|every word was written/);
  });

  visit('stop keeps the text and closes the upstream stream', async ({ page, gateway }) => {
    const [answered] = await Promise.all([
      page.waitForResponse('**/v1/chat'),
      ask(page, 'Tell me a long story'),
    ]);
    const before = await textBeyond(page, 40);
    await page.locator('#send').click();
    const id = answered.headers()['x-request-id'];
    await gateway.logged(new RegExp(`outcome=client_closed .*${id}`));

    await ended(page, 'stopped');
    const text = await textOf(page);
    assert.ok(text.startsWith(before), `“${text}” was “${before}”`);
    await page.reload();
    await ended(page, 'stopped');
    assert.equal(await textOf(page), text);
  });

  visit('a reload keeps the conversation', async ({ page }) => {
    await ask(page, 'Say hello');
    await ended(page, 'complete');
    await ask(page, '/drill refusal');
    await page.locator('[data-status=complete]').nth(1).waitFor();
    const before = await page.locator('.turn-text').allInnerTexts();
    assert.equal(before.length, 4);

    await page.reload();
    await page.locator('.turn-text').nth(3).waitFor();
    assert.deepEqual(await page.locator('.turn-text').allInnerTexts(), before);
    await page.getByRole('link', { name: 'Say hello' }).waitFor();
  });

  visit(
    'a reload in the middle of an answer keeps the text and stops waiting',
    async ({ page, gateway }) => {
      const [answered] = await Promise.all([
        page.waitForResponse('**/v1/chat'),
        ask(page, 'Tell me a long story'),
      ]);
      const before = await textBeyond(page, 40);
      await page.reload();
      await ended(page, 'interrupted');
      const text = await textOf(page);
      assert.ok(text.startsWith(before), `“${text}” was “${before}”`);
      assert.equal(await page.locator('.spinner-dot:visible, [aria-busy=true]').count(), 0);
      assert.equal(await page.locator('#send').getAttribute('aria-label'), 'Send');
      await answer(page).getByRole('button', { name: 'Retry' }).waitFor();
      const id = answered.headers()['x-request-id'];
      await gateway.logged(new RegExp(`outcome=client_closed .*${id}`));
    },
  );

  visit(
    'a failure before the answer shows the message of the contract',
    async ({ page }) => {
      const failures = /** @type {const} */ ([
        ['quota', GENERAL],
        ['rate', BUSY],
        ['overloaded', BUSY],
        ['key', GENERAL],
        ['error', GENERAL],
        ['html', GENERAL],
        ['long', 'This conversation is too long. Please start a new one.'],
      ]);
      /** @type {string[][]} */
      const shown = [];
      for (const [drill] of failures) {
        const turn = await drilled(page, drill);
        shown.push([drill, await textContent(turn.getByRole('alert'))]);
        assert.equal(await textContent(turn.locator('.turn-text')), '');
        if (drill !== 'long') await turn.getByRole('button', { name: /^Retry/ }).waitFor();
      }
      assert.deepEqual(shown, failures);
    },
    FAILED_REQUEST,
  );

  visit(
    'a provider’s Retry-After of a minute is counted down',
    async ({ page }) => {
      const turn = await drilled(page, 'overloaded');
      await turn.getByRole('button', { name: /^Retry in [56]\d s$/ }).waitFor();
    },
    FAILED_REQUEST,
  );

  visit(
    'a provider that never answers times out, with a Retry button',
    async ({ page }) => {
      const turn = await drilled(page, 'timeout');
      assert.equal(await textContent(turn.getByRole('alert')), TIMED_OUT);
      await turn.getByRole('button', { name: 'Retry' }).waitFor();
    },
    FAILED_REQUEST,
  );

  visit(
    'a failure in the middle of an answer shows its message and keeps the text',
    async ({ page }) => {
      const failures = /** @type {const} */ ([
        ['late', GENERAL],
        ['cut', GENERAL],
        ['eof', GENERAL],
        ['idle', TIMED_OUT],
      ]);
      /** @type {string[][]} */
      const shown = [];
      for (const [drill] of failures) {
        const turn = await drilled(page, drill);
        shown.push([drill, await textContent(turn.getByRole('alert'))]);
        assert.match(await textContent(turn.locator('.turn-text')), OPENING);
        await turn.getByRole('button', { name: 'Retry' }).waitFor();
      }
      assert.deepEqual(shown, failures);
    },
  );

  visit('Retry sends the same question and replaces the failed answer', async ({ page }) => {
    const turn = await drilled(page, 'late');
    await turn.getByRole('alert').waitFor();
    const [again] = await Promise.all([
      page.waitForRequest('**/v1/chat'),
      turn.getByRole('button', { name: 'Retry' }).click(),
    ]);
    assert.deepEqual(again.postDataJSON(), {
      messages: [{ role: 'user', content: '/drill late' }],
    });
    await page.locator('[data-status=streaming]').waitFor();
    assert.equal(await page.locator('article').count(), 2);
  });

  visit('an incomplete or refused answer is no failure', async ({ page }) => {
    const incomplete = await drilled(page, 'incomplete');
    await incomplete.getByText('The answer reached its length limit.', { exact: true }).waitFor();
    assert.match(await textContent(incomplete.locator('.turn-text')), OPENING);

    const filter = await drilled(page, 'filter');
    const note = 'The provider’s content filter ended the answer.';
    await filter.getByText(note, { exact: true }).waitFor();
    assert.match(await textContent(filter.locator('.turn-text')), OPENING);

    const refusal = await drilled(page, 'refusal');
    await refusal.and(page.locator('[data-status=complete]')).waitFor();
    const words = await textContent(refusal.locator('.turn-text'));
    assert.match(words, /^I am sorry, but I cannot help with that\./);
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  visit('headings, lists, a table and highlighted code are rendered', async ({ page }) => {
    await ask(page, 'Show me what you can render');
    await ended(page, 'complete', 40_000);
    const text = answer(page).locator('.turn-text');
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
  return textContent(answer(page).locator('.turn-text'));
}

/** @param {Locator} locator */
async function textContent(locator) {
  return (await locator.textContent()) ?? '';
}

/**
 * The turn that answers the drill.
 * @param {Page} page
 * @param {string} name
 */
async function drilled(page, name) {
  const turns = page.locator('article[data-role=assistant]');
  const before = await turns.count();
  await ask(page, `/drill ${name}`);
  return turns.nth(before);
}

/**
 * @param {Page} page
 * @param {string} status
 * @param {number} [timeout]
 */
function ended(page, status, timeout = 30_000) {
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
