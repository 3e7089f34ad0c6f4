import assert from 'node:assert/strict';
import { ACTIVE, fold, sendReasoning, sendSearch } from '../support/activity.js';
import { lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';
import { waitUntil } from '../support/gateway.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */

const WAIT_MS = 20_000;

pageTest(
  'a reload in the middle of reasoning loses and doubles nothing',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    sendReasoning(exchange, 'One ');
    sendReasoning(exchange, 'two ');
    await fold(page).getByText('One two').waitFor();
    await page.reload();
    await waitUntil(WAIT_MS, 'the read', async () => gateway.reads.length > 0);
    sendReasoning(exchange, 'three.');
    sendReasoning(exchange, 'Four.', 1);
    await fold(page).getByText('One two three.', { exact: true }).waitFor();
    exchange.sendDelta('Well.');
    exchange.complete();
    await page.locator('[data-status=complete]').getByText('Well.').waitFor();
    await fold(page).locator('summary').click();
    await fold(page).getByText('Four.', { exact: true }).waitFor();
    assert.equal(gateway.exchanges.length, 1);
  },
  ACTIVE,
);

pageTest(
  'a lost connection loses and doubles no reasoning',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    sendReasoning(exchange, 'One ');
    await fold(page).getByText('One').waitFor();
    exchange.disconnect();
    sendReasoning(exchange, 'two ');
    sendReasoning(exchange, 'three.');
    await fold(page).getByText('One two three.', { exact: true }).waitFor();
  },
  ACTIVE,
);

pageTest(
  'an answer that begins again has only the reasoning of the other model',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    sendReasoning(exchange, 'Old reasons.');
    sendSearch(exchange, 1, { query: 'old query' });
    await fold(page).getByText('Old reasons.').waitFor();
    exchange.restart('scripted-2');
    await lastAnswer(page).getByText('The answer began again with another model.').waitFor();
    await fold(page).waitFor({ state: 'hidden' });
    sendReasoning(exchange, 'New reasons.');
    await fold(page).getByText('New reasons.').waitFor();
    assert.equal(await fold(page).getByText(/old/i).count(), 0);
    exchange.sendDelta('Well.');
    exchange.complete();
    await fold(page)
      .getByText(/^Thought for \d+ s$/)
      .waitFor();
  },
  ACTIVE,
);

pageTest(
  'Continue adds to the reasoning',
  async ({ page, gateway }) => {
    const first = await ask(page, gateway);
    sendReasoning(first, 'One.');
    first.sendDelta('Half an answer');
    first.incomplete('max_output_tokens');
    await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
    const second = await gateway.nextExchange();
    await lastAnswer(page)
      .getByText(/^Thinking… \d+ s$/)
      .waitFor(); // of this request nothing is known
    sendReasoning(second, 'Two.');
    await fold(page).getByText('Two.', { exact: true }).waitFor();
    second.sendDelta(' and the rest.');
    second.complete();
    await page
      .locator('[data-status=complete]')
      .getByText('Half an answer and the rest.')
      .waitFor();
    await fold(page).locator('summary').click();
    await fold(page).getByText('One.', { exact: true }).waitFor();
  },
  ACTIVE,
);

pageTest(
  'another tab shows the reasoning',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    sendReasoning(exchange, 'One ');
    await fold(page).getByText('One').waitFor();
    const other = await page.context().newPage();
    await other.goto(page.url());
    sendReasoning(exchange, 'two.');
    await fold(other).getByText('One two.').waitFor();
    exchange.sendDelta('Well.');
    exchange.complete();
    await fold(other)
      .getByText(/^Thought for \d+ s$/)
      .waitFor();
    await other.close();
  },
  ACTIVE,
);

for (const [what, type, data] of /** @type {[string, string, object][]} */ ([
  ['a delta that is no text', 'response.reasoning_text.delta', { delta: { a: 1 } }],
  ['a search without a number', 'response.web_search_call.searching', {}],
  ['an annotation that is null', 'response.output_text.annotation.added', { annotation: null }],
  ['an unknown event', 'response.reasoning_summary_part.added', { part: 1 }],
]))
  pageTest(
    `${what} changes nothing else`,
    async ({ page, gateway }) => {
      const exchange = await ask(page, gateway);
      exchange.sendDelta('Half ');
      exchange.sendEvent(type, data);
      exchange.sendDelta('and half.');
      exchange.complete();
      await page.locator('[data-status=complete]').getByText('Half and half.').waitFor();
      assert.equal(await page.locator('article details').count(), 0);
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
