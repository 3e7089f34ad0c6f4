import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { contentSecurityPolicy } from '../../frontend/vite/policy.js';
import { noBrowser } from '../support/browser.js';
import { answer, ask } from '../support/chat-page.js';
import { gateway } from '../support/gateway.js';
import { visits } from './visits.js';

/** @import { Locator, Page } from 'playwright-core' */
/** @import { Gateway } from '../support/gateway.js' */

const settings = {
  RATE_LIMIT_PER_MINUTE: '1000',
  MAX_STREAMS_PER_CLIENT: '100',
  FIRST_EVENT_TIMEOUT: '5s',
  IDLE_TIMEOUT: '5s',
  // The drills fail more often than a provider may before it is left alone.
  RESILIENCE4J_CIRCUITBREAKER_INSTANCES_PROVIDER_FAILURERATETHRESHOLD: '100',
};
const general = 'Something went wrong. Please try again.';
const busy = 'The chat service is busy. Please try again in a moment.';
const slow = 'The model is taking too long—please try again.';
const opening = /^This answer is a drill\..* on purpose:$/;
const refused = /^Failed to load resource: the server responded with a status of [45]\d\d/;

// A visit mostly waits for words that come one by one, so several go on at once.
describe('the demo', { skip: noBrowser, concurrency: 5 }, () => {
  /** @type {Gateway} */
  let demo;
  before(async () => {
    demo = await gateway(settings, ['--spring.profiles.active=demo']);
  });
  after(() => demo?.stop());
  const visit = visits(() => demo);

  visit('serves its page under the policy that a static page has', async ({ page }) => {
    const response = await page.reload();
    const served = (await response?.headerValue('content-security-policy')) ?? '';
    const policy = `${contentSecurityPolicy((await response?.text()) ?? '')}; frame-ancestors 'none'`;
    assert.deepEqual(served.split('; ').sort(), policy.split('; ').sort());
  });

  visit('an answer arrives in pieces and is complete', async ({ page }) => {
    await ask(page, 'Hello');
    const lengths = await lengthsUntilTheEnd(page);
    assert.ok(lengths.length >= 5, `only ${lengths} characters were seen`);
    assert.equal(await answer(page).getAttribute('data-status'), 'complete');
    assert.match(await textOf(page), /^Hello, and welcome.*What would you like to see first\?$/s);
  });

  visit('before the first message come 40 KB at most, in six requests', async ({ page }) => {
    await page.locator('#conversation-list').waitFor({ state: 'attached' });
    const asked = await page.evaluate(() =>
      ['navigation', 'resource'].flatMap(kind =>
        performance.getEntriesByType(kind).map(({ name }) => name),
      ),
    );
    assert.ok(asked.length >= 4 && asked.length <= 6, `${asked}`);
    // Over TLS a browser takes brotli; without it, as here, only gzip.
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
  });

  visit('an answer leaves one line in the log, without a word of it', async ({ page, gateway }) => {
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

  visit('stop keeps what is written and lets the gateway go', async ({ page, gateway }) => {
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
    'a reload in mid-answer keeps its text and waits for nothing',
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
    'a failure before the answer is told in the words of the contract',
    async ({ page }) => {
      const failures = /** @type {const} */ ([
        ['quota', general],
        ['rate', busy],
        ['overloaded', busy],
        ['key', general],
        ['error', general],
        ['html', general],
        ['long', 'This conversation is too long. Please start a new one.'],
      ]);
      /** @type {string[][]} */
      const told = [];
      for (const [drill] of failures) {
        const turn = await drilled(page, drill);
        told.push([drill, await wordsOf(turn.getByRole('alert'))]);
        assert.equal(await wordsOf(turn.locator('.turn-text')), '');
        if (drill !== 'long') await turn.getByRole('button', { name: /^Retry/ }).waitFor();
      }
      assert.deepEqual(told, failures);
    },
    refused,
  );

  visit(
    'a busy provider’s wish to be left alone for a minute is counted down',
    async ({ page }) => {
      const turn = await drilled(page, 'overloaded');
      await turn.getByRole('button', { name: /^Retry in [56]\d s$/ }).waitFor();
    },
    refused,
  );

  visit(
    'a provider that says nothing at all is given up, and can be asked again',
    async ({ page }) => {
      const turn = await drilled(page, 'timeout');
      assert.equal(await wordsOf(turn.getByRole('alert')), slow);
      await turn.getByRole('button', { name: 'Retry' }).waitFor();
    },
    refused,
  );

  visit('a failure in mid-answer is told, and the text is kept', async ({ page }) => {
    const failures = /** @type {const} */ ([
      ['late', general],
      ['cut', general],
      ['eof', general],
      ['idle', slow],
    ]);
    /** @type {string[][]} */
    const told = [];
    for (const [drill] of failures) {
      const turn = await drilled(page, drill);
      told.push([drill, await wordsOf(turn.getByRole('alert'))]);
      assert.match(await wordsOf(turn.locator('.turn-text')), opening);
      await turn.getByRole('button', { name: 'Retry' }).waitFor();
    }
    assert.deepEqual(told, failures);
  });

  visit(
    'Retry asks the same again, and its answer takes the failed one’s place',
    async ({ page }) => {
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
    },
  );

  visit('an answer that is cut short or declined is no failure', async ({ page }) => {
    const incomplete = await drilled(page, 'incomplete');
    await incomplete.getByText('The answer reached its length limit.', { exact: true }).waitFor();
    assert.match(await wordsOf(incomplete.locator('.turn-text')), opening);

    const filter = await drilled(page, 'filter');
    const note = 'The provider’s content filter ended the answer.';
    await filter.getByText(note, { exact: true }).waitFor();
    assert.match(await wordsOf(filter.locator('.turn-text')), opening);

    const refusal = await drilled(page, 'refusal');
    await refusal.and(page.locator('[data-status=complete]')).waitFor();
    const words = await wordsOf(refusal.locator('.turn-text'));
    assert.match(words, /^I am sorry, but I cannot help with that\./);
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  visit('headings, lists, a table and coloured code are rendered', async ({ page }) => {
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
    assert.match(await wordsOf(text.locator('pre').first()), /^record Point\(double x, double y\)/);
    for (const syntax of ['**', '```', '|---', '~~', '[x]', '](']) {
      assert.equal((await wordsOf(text)).includes(syntax), false, syntax);
    }
  });
});

/** @param {Page} page */
function textOf(page) {
  return wordsOf(answer(page).locator('.turn-text'));
}

/** @param {Locator} place */
async function wordsOf(place) {
  return (await place.textContent()) ?? '';
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
 * The text of the answer as soon as there are so many characters of it.
 * @param {Page} page
 * @param {number} length
 */
async function textBeyond(page, length) {
  const text = await page.waitForFunction(least => {
    const texts = document.querySelectorAll('article[data-role=assistant] .turn-text');
    const now = [...texts].at(-1)?.textContent ?? '';
    return now.length >= least && now;
  }, length);
  return String(await text.jsonValue());
}

/**
 * The growing lengths of the answer that a reader sees before it ends.
 * @param {Page} page
 * @returns {Promise<number[]>}
 */
function lengthsUntilTheEnd(page) {
  return page.evaluate(
    () =>
      new Promise(resolve => {
        /** @type {Set<number>} */
        const seen = new Set();
        look();

        function look() {
          const turn = document.querySelector('article[data-role=assistant]');
          const { length } = turn?.querySelector('.turn-text')?.textContent ?? '';
          const status = turn?.getAttribute('data-status');
          if (status && status !== 'streaming') return resolve([...seen]);
          if (length > Math.max(0, ...seen)) seen.add(length);
          requestAnimationFrame(look);
        }
      }),
  );
}
