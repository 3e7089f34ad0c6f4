import assert from 'node:assert/strict';
import { ACTIVE, fold, sendReasoning } from '../support/activity.js';
import {
  frames,
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

const WAIT_MS = 20_000;

pageTest(
  'reasoning is open while it streams, and closed from the first text on',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    assert.equal(exchange.body.reasoning, 'summary');
    sendReasoning(exchange, 'First **the');
    sendReasoning(exchange, ' sums**.');
    sendReasoning(exchange, 'Then the rest.', 1);
    await fold(page).locator('strong').getByText('the sums').waitFor();
    assert.equal(
      await fold(page).getByRole('region', { name: 'Reasoning' }).locator('.markdown p').count(),
      2,
    );
    assert.equal(await isOpen(page), true);
    await fold(page).getByText('Thinking', { exact: true }).waitFor();

    exchange.sendDelta('Well.');
    await fold(page)
      .getByText(/^Thought for \d+ s$/)
      .waitFor();
    assert.equal(await isOpen(page), false);
    exchange.complete();
    await page.locator('[data-status=complete]').getByText('Well.').waitFor();
    await page.reload();
    await fold(page)
      .getByText(/^Thought for \d+ s$/)
      .waitFor();
    assert.equal(await isOpen(page), false);
    await fold(page).locator('summary').click();
    await fold(page).getByText('First the sums.').waitFor();
  },
  ACTIVE,
);

for (const opens of [true, false])
  pageTest(
    `what the user ${opens ? 'opened stays open' : 'closed stays closed'}, also after a reload`,
    async ({ page, gateway }) => {
      const exchange = await ask(page, gateway);
      sendReasoning(exchange, 'First the sums.');
      await fold(page).getByText('First the sums.').waitFor();
      await fold(page).locator('summary').click();
      await waitForOpen(page, false);
      if (opens) await fold(page).locator('summary').press('Enter');
      await waitForOpen(page, opens);
      sendReasoning(exchange, ' More.');
      exchange.sendDelta('Well.');
      await lastAnswer(page).getByText('Well.').waitFor();
      assert.equal(await isOpen(page), opens);
      exchange.complete();
      await page.locator('[data-status=complete]').getByText('Well.').waitFor();
      await page.reload();
      await fold(page).waitFor();
      await waitForOpen(page, opens);
    },
    ACTIVE,
  );

pageTest(
  'the header has a clock, and then the time until the text',
  async ({ page, gateway }) => {
    await loadCapable(page, () => installClock(page));
    const exchange = await ask(page, gateway);
    sendReasoning(exchange, 'Hm.');
    await fold(page).getByText('Thinking', { exact: true }).waitFor();
    await page.clock.fastForward(12_000);
    await fold(page)
      .locator('summary [aria-hidden=true]')
      .getByText(/^1[2-9] s$/)
      .waitFor();
    sendReasoning(exchange, ' So.');
    exchange.sendDelta('Well.');
    exchange.complete();
    await fold(page)
      .getByText(/^Thought for 1[2-9] s$/)
      .waitFor();
  },
  ACTIVE,
);

pageTest(
  'without text the progress has one line, that of the model',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    exchange.start();
    await lastAnswer(page)
      .getByText(/^Thinking… \d+ s$/)
      .waitFor();
    sendReasoning(exchange, 'Hm.');
    await fold(page).getByText('Thinking', { exact: true }).waitFor();
    await lastAnswer(page)
      .getByText(/^Thinking…/)
      .waitFor({ state: 'hidden' });
  },
  ACTIVE,
);

pageTest(
  'reasoning is announced once, and not spoken, copied or asked again',
  async ({ page, gateway }) => {
    const announcements = await recordAnnouncements(page);
    const exchange = await ask(page, gateway);
    for (let index = 0; index < 20; index++) {
      sendReasoning(exchange, `Secret ${index}. `);
      await frames(page, 1);
    }
    await announcements.waitFor('Thinking');
    exchange.sendDelta('Well.');
    exchange.complete();
    await announcements.waitFor('Well.');
    assert.deepEqual(await announcements.all(), [
      'Message sent',
      'Thinking',
      'Answering',
      'Answer complete, 1 word',
      'Well.',
    ]);
    await lastAnswer(page).getByRole('button', { name: 'Copy answer' }).click();
    await announcements.waitFor('Copied');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'Well.');
    await sendMessage(page, 'And?');
    assert.equal((await gateway.nextExchange()).text.includes('Secret'), false);
  },
  { ...ACTIVE, permissions: ['clipboard-read', 'clipboard-write'] },
);

pageTest(
  'of long reasoning the newest 20 KB are shown',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    for (let line = 0; line < 600; line++)
      sendReasoning(exchange, `Line ${line} ${'x'.repeat(90)}\n\n`);
    await fold(page).getByText('Line 599').waitFor();
    await fold(page).getByText('The beginning is left out.').waitFor();
    const region = fold(page).getByRole('region', { name: 'Reasoning' });
    const { length } = (await region.textContent()) ?? '';
    assert.ok(length > 9000 && length <= 20_100, `${length} characters`);
    assert.equal(await region.getByText('Line 0 ').count(), 0);
    const box = await region.evaluate(
      root => root.scrollHeight - root.clientHeight - root.scrollTop,
    );
    assert.ok(box < 2); // it follows its end
  },
  ACTIVE,
);

pageTest(
  'reasoning cannot inject active content',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    sendReasoning(
      exchange,
      '<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](https://e.example/p)',
    );
    await fold(page).getByText('<img').waitFor();
    assert.equal(await fold(page).locator('img, [href^=javascript]').count(), 0);
  },
  ACTIVE,
);

pageTest(
  'an answer without them loads no part for reasoning and searches',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    exchange.sendDelta('Well.');
    exchange.complete();
    await page.locator('[data-status=complete]').getByText('Well.').waitFor();
    const names = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    assert.deepEqual(
      names.filter(name => /\/(?:turn-)?activity-|\/sources-/.test(name)),
      [],
    );
  },
  ACTIVE,
);

/**
 * @param {Page} page
 * @param {ScriptedGateway} gateway
 */
async function ask(page, gateway) {
  await sendMessage(page, 'Why?');
  return gateway.nextExchange();
}

/** @param {Page} page */
function isOpen(page) {
  return fold(page).evaluate(root => /** @type {HTMLDetailsElement} */ (root).open);
}

/**
 * @param {Page} page
 * @param {boolean} open
 */
async function waitForOpen(page, open) {
  await waitUntil(WAIT_MS, `the fold, open: ${open}`, async () => (await isOpen(page)) === open);
}
