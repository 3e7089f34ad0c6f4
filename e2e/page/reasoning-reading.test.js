import assert from 'node:assert/strict';
import { ACTIVE, fold, sendReasoning } from '../support/activity.js';
import { frames, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */

const LINES = Array.from({ length: 60 }, (_, line) => `Line ${line} of the reasons.\n\n`);

pageTest(
  'the question stays where it is when the reasoning is folded',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    for (const line of LINES) sendReasoning(exchange, line);
    await fold(page).getByText('Line 59').waitFor();
    const question = page.locator('article[data-role=user]');
    const before = await question.boundingBox();
    const positions = page.evaluate(async () => {
      const tops = new Set();
      for (let frame = 0; frame < 40; frame++) {
        await new Promise(requestAnimationFrame);
        tops.add(document.querySelector('article')?.getBoundingClientRect().top);
      }
      return [...tops];
    });
    exchange.sendDelta('Well.');
    await lastAnswer(page).getByText('Well.').waitFor();
    assert.deepEqual(await positions, [before?.y]);
  },
  ACTIVE,
);

pageTest(
  'a reader who has scrolled in the reasoning stays there',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    for (const line of LINES) sendReasoning(exchange, line);
    await fold(page).getByText('Line 59').waitFor();
    await region(page).focus();
    await region(page).evaluate(root => root.scrollTo(0, 100));
    for (const line of LINES) sendReasoning(exchange, `More: ${line}`);
    await fold(page).getByText('More: Line 59').waitFor({ state: 'attached' });
    assert.equal(await region(page).evaluate(root => root.scrollTop), 100);
    exchange.sendDelta('Well.'); // the box has the focus, and stays
    await lastAnswer(page).getByText('Well.').waitFor();
    assert.equal(await region(page).evaluate(root => root === document.activeElement), true);
    assert.equal(await region(page).evaluate(root => root.scrollTop), 100);
  },
  ACTIVE,
);

pageTest(
  'reasoning that is folded is not rendered until it is opened',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    sendReasoning(exchange, 'The reasons.');
    exchange.sendDelta('Well.');
    exchange.complete();
    await page.locator('[data-status=complete]').getByText('Well.').waitFor();
    await page.reload();
    await fold(page).waitFor();
    await frames(page, 2);
    assert.equal(await fold(page).locator('.markdown *').count(), 0);
    await fold(page).locator('summary').press('Enter');
    await fold(page).getByText('The reasons.').waitFor();
  },
  ACTIVE,
);

pageTest(
  'the fold and the sources are reached and used by keyboard',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    sendReasoning(exchange, 'The reasons.');
    exchange.sendDelta('Well.');
    const annotation = { type: 'url_citation', url: 'https://a.example/', title: 'A page' };
    exchange.sendEvent('response.output_text.annotation.added', { annotation });
    exchange.complete();
    await lastAnswer(page).getByText('Sources (1)').waitFor();
    await page.locator('#thread').focus();
    for (const text of [/^Thought/, /The reasons/, /^Sources/, /^A page/]) {
      await tabTo(page, text);
      if (!/^A page/.test(text.source)) await page.keyboard.press('Enter');
    }
  },
  ACTIVE,
);

/**
 * Presses Tab until an element with this text has the focus.
 * @param {Page} page
 * @param {RegExp} text
 */
async function tabTo(page, text) {
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
    if (text.test(focused)) return;
  }
  assert.fail(`${text} has not got the focus`);
}

/**
 * @param {Page} page
 * @param {ScriptedGateway} gateway
 */
async function ask(page, gateway) {
  await sendMessage(page, 'Why?');
  return gateway.nextExchange();
}

/** @param {Page} page */
function region(page) {
  return fold(page).getByRole('region', { name: 'Reasoning' });
}
