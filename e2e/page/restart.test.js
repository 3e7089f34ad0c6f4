import assert from 'node:assert/strict';
import { lastAnswer, pageTest, recordAnnouncements, sendMessage } from '../support/chat-page.js';
import { waitUntil } from '../support/gateway.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */

const CAPABLE = { capabilities: ['resume', 'restart'] };
const NOTE = 'The answer began again with another model.';
const REST_NOTE = 'The rest of the answer began again with another model.';
const WAIT_MS = 20_000;

pageTest(
  'an answer that begins again has only the text of the other model, and says so',
  async ({ page, gateway }) => {
    const announcements = await recordAnnouncements(page);
    const exchange = await askHalf(page, gateway);
    exchange.restart('scripted-2');
    await lastAnswer(page).getByText(NOTE).waitFor();
    await shown(page, '');
    exchange.sendDelta('A slow ', '**red** fox.');
    exchange.complete();
    await completed(page, 'A slow red fox.');
    await announcements.waitFor('A slow red fox.');
    assert.deepEqual(await announcements.all(), [
      'Message sent',
      'Answering',
      'The answer began again with another model',
      'Answer complete, 4 words',
      'A slow red fox.',
    ]);
    await page.reload();
    await completed(page, 'A slow red fox.');
    assert.equal(await lastAnswer(page).getByText(NOTE).count(), 1);
    await lastAnswer(page).getByText('scripted-2').waitFor();
  },
  CAPABLE,
);

pageTest(
  'an answer that begins again with a longer text is drawn from its start',
  async ({ page, gateway }) => {
    const exchange = await askHalf(page, gateway);
    exchange.restart('scripted-2');
    exchange.sendDelta('The quick red fox'); // longer than the text before, within one frame
    exchange.complete();
    await completed(page, 'The quick red fox');
  },
  CAPABLE,
);

pageTest(
  'a continuation that begins again keeps the text before it',
  async ({ page, gateway }) => {
    const second = await continueHalf(page, gateway);
    second.restart('scripted-2');
    await lastAnswer(page).getByText(REST_NOTE).waitFor();
    await shown(page, 'The quick brown');
    second.sendDelta('quick brown', ' fox jumps.');
    second.complete();
    await completed(page, 'The quick brown fox jumps.');
  },
  CAPABLE,
);

for (const [what, words, text] of /** @type {const} */ ([
  ['nothing', [], 'A slow red fox.'],
  ['a part', ['A slow '], 'A slow red fox.'],
]))
  pageTest(
    `an answer that begins again while it is offline is whole after ${what} of the new text`,
    async ({ page, gateway }) => {
      const exchange = await askHalf(page, gateway);
      await page.context().setOffline(true);
      exchange.disconnect();
      await lastAnswer(page).getByText('Reconnecting…').waitFor();
      exchange.restart('scripted-2');
      exchange.sendDelta(...words);
      await page.context().setOffline(false);
      await lastAnswer(page).getByText(NOTE).waitFor();
      exchange.sendDelta(...['A slow ', 'red fox.'].slice(words.length));
      exchange.complete();
      await completed(page, text);
      assert.equal(gateway.exchanges.length, 1);
    },
    CAPABLE,
  );

for (const before of [true, false])
  pageTest(
    `a reload ${before ? 'before' : 'after'} the restart loses and doubles nothing`,
    async ({ page, gateway }) => {
      const exchange = await askHalf(page, gateway);
      if (!before) {
        exchange.restart('scripted-2');
        exchange.sendDelta('A slow ');
        await shown(page, 'A slow');
      }
      await page.reload();
      await waitUntil(WAIT_MS, 'the read', async () => gateway.reads.length > 0);
      if (before) {
        exchange.restart('scripted-2');
        exchange.sendDelta('A slow ');
      }
      exchange.sendDelta('red fox.');
      exchange.complete();
      await completed(page, 'A slow red fox.');
      assert.equal(await lastAnswer(page).getByText(NOTE).count(), 1);
    },
    CAPABLE,
  );

pageTest(
  'a continuation that begins again after a reload keeps the text before it',
  async ({ page, gateway }) => {
    const second = await continueHalf(page, gateway);
    await page.reload();
    await waitUntil(WAIT_MS, 'the read', async () => gateway.reads.length > 0);
    second.restart('scripted-2');
    second.sendDelta('brown', ' fox jumps.');
    second.complete();
    await completed(page, 'The quick brown fox jumps.');
  },
  CAPABLE,
);

pageTest(
  'another tab shows an answer that begins again',
  async ({ page, gateway }) => {
    const exchange = await askHalf(page, gateway);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await shown(other, 'The quick brown');
    exchange.restart('scripted-2');
    exchange.sendDelta('A slow red fox.');
    exchange.complete();
    await completed(other, 'A slow red fox.');
    await lastAnswer(other).getByText(NOTE).waitFor();
  },
  CAPABLE,
);

/**
 * Asks, streams the half of the answer, and a wrong word of its continuation.
 * @param {Page} page
 * @param {ScriptedGateway} gateway
 */
async function continueHalf(page, gateway) {
  const first = await askHalf(page, gateway);
  first.incomplete('max_output_tokens');
  await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
  const second = await gateway.nextExchange();
  second.sendDelta(' dog');
  await shown(page, 'The quick brown dog');
  return second;
}

/**
 * @param {Page} page
 * @param {ScriptedGateway} gateway
 */
async function askHalf(page, gateway) {
  await sendMessage(page, 'Tell me');
  const exchange = await gateway.nextExchange();
  assert.equal(exchange.body.restart, true);
  exchange.sendDelta('The quick ', 'brown');
  await shown(page, 'The quick brown');
  return exchange;
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
 * @param {Page} page
 * @param {string} text
 */
async function completed(page, text) {
  await page.locator('[data-status=complete][data-role=assistant]').waitFor();
  assert.equal((await lastAnswer(page).locator('.turn-text').textContent())?.trim(), text);
}
