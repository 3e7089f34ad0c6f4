import assert from 'node:assert/strict';
import { ACTIVE, citePage, fold, sendReasoning, sendSearch, sources } from '../support/activity.js';
import { lastAnswer, pageTest, recordAnnouncements, sendMessage } from '../support/chat-page.js';
import { waitUntil } from '../support/gateway.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */

const WAIT_MS = 20_000;
const TITLE = 'Search the web: what you ask goes to a search engine, too';

pageTest(
  'the web is searched where the user wants it',
  async ({ page, gateway }) => {
    assert.equal(await toggle(page).getAttribute('title'), TITLE);
    assert.equal(await toggle(page).getAttribute('aria-pressed'), 'false');
    await sendMessage(page, 'First');
    const first = await gateway.nextExchange();
    assert.deepEqual(first.body.tools, ['file_search']);
    first.sendDelta('One.');
    first.complete();
    await page.locator('[data-status=complete]').getByText('One.').waitFor();

    await toggle(page).press('Enter');
    assert.equal(await toggle(page).getAttribute('aria-pressed'), 'true');
    await sendMessage(page, 'Second');
    const second = await gateway.nextExchange();
    assert.deepEqual(second.body.tools, ['web_search', 'file_search']);
    second.sendDelta('Two.');
    second.complete();
    await lastAnswer(page).getByText('Two.').waitFor();

    await page.keyboard.press('Control+Shift+O');
    await page.getByText('What can I help with?').waitFor();
    assert.equal(await toggle(page).getAttribute('aria-pressed'), 'false');
    await page.getByRole('link', { name: 'First' }).click();
    await lastAnswer(page).getByText('Two.').waitFor();
    await page.reload();
    await page.locator('textarea').first().focus();
    await toggle(page).waitFor();
    assert.equal(await toggle(page).getAttribute('aria-pressed'), 'true');
  },
  ACTIVE,
);

pageTest(
  'without the announcement there is no toggle',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    assert.deepEqual(Object.keys((await gateway.nextExchange()).body), ['messages']);
    assert.equal(await page.getByRole('button', { name: 'Search the web' }).count(), 0);
  },
  { capabilities: ['resume'] },
);

pageTest(
  'what is searched and read is shown while it runs, and afterwards',
  async ({ page, gateway }) => {
    const announcements = await recordAnnouncements(page);
    const exchange = await ask(page, gateway);
    sendSearch(exchange, 0);
    await fold(page).getByText('Searching the web', { exact: true }).waitFor();
    sendSearch(exchange, 0, { query: 'tea price' });
    await fold(page).getByText('Searching: tea price', { exact: true }).waitFor();
    await fold(page)
      .locator('summary [aria-hidden=true]')
      .getByText(/^\d+ s$/)
      .waitFor();
    sendSearch(exchange, 1, { url: 'https://www.example.org/a?b=c' });
    await fold(page).getByText('Reading www.example.org', { exact: true }).waitFor();
    exchange.sendEvent('response.file_search_call.searching', { output_index: 2 });
    await fold(page).getByText('Searching documents', { exact: true }).waitFor();
    sendReasoning(exchange, 'Hm.');
    await fold(page).getByText('Thinking', { exact: true }).waitFor();
    exchange.sendDelta('It costs');
    const done = /^Thought for \d+ s · Searched: tea price · Searched documents$/;
    await fold(page).getByText(done).waitFor();

    sendSearch(exchange, 4, { query: 'tea bags' }); // a pause after the text has begun
    await lastAnswer(page).locator('.turn-text + p').getByText('Searching: tea bags').waitFor();
    exchange.sendDelta(' much.');
    await lastAnswer(page).locator('.turn-text + p').waitFor({ state: 'hidden' });
    exchange.complete();
    await announcements.waitFor('It costs much.');
    await fold(page).locator('summary').click();
    await fold(page).getByRole('listitem').nth(3).waitFor();
    assert.deepEqual(await fold(page).getByRole('listitem').allTextContents(), [
      'Searched: tea price',
      'Read www.example.org',
      'Searched documents',
      'Searched: tea bags',
    ]);
    assert.deepEqual(await announcements.all(), [
      'Message sent',
      'Searching the web',
      'Searching documents',
      'Thinking',
      'Answering',
      'Answer complete, 3 words',
      'It costs much.',
    ]);
  },
  ACTIVE,
);

pageTest(
  'a reload in the middle keeps searches and sources',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    sendSearch(exchange, 0, { query: 'tea' });
    citePage(exchange, 'https://a.example/', 'A');
    await fold(page).getByText('Searching: tea', { exact: true }).waitFor();
    await page.reload();
    await waitUntil(WAIT_MS, 'the read', async () => gateway.reads.length > 0);
    await fold(page).getByText('Searching: tea', { exact: true }).waitFor();
    sendSearch(exchange, 2, { query: 'coffee' });
    citePage(exchange, 'https://b.example/', 'B');
    exchange.sendDelta('Well.');
    exchange.complete();
    await fold(page).getByText('Searched: tea, coffee', { exact: true }).waitFor();
    await sources(page).getByText('Sources (2)').waitFor();
  },
  ACTIVE,
);
/**
 * @param {Page} page
 * @param {ScriptedGateway} gateway
 */
async function ask(page, gateway) {
  await sendMessage(page, 'What does tea cost?');
  return gateway.nextExchange();
}

/** @param {Page} page */
function toggle(page) {
  return page.getByRole('button', { name: 'Search the web' });
}
