import assert from 'node:assert/strict';
import { completeAnswer, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';
import { waitUntil } from '../support/gateway.js';

/** @import { Page } from 'playwright-core' */

const DOES_NOT_MATCH = 'This page and the chat service do not match. Please reload the page.';
const WAIT_MS = 20_000;
const RESUMABLE_STREAM = '**/assets/resumable-stream-*.js';
const TWO = {
  capabilities: ['resume'],
  models: [{ id: 'gpt-a' }, { id: 'gpt-b' }],
};

for (const name of ['capabilities', 'relay'])
  pageTest(`without ${name} no answer is paid for, and Retry asks`, async ({ page, gateway }) => {
    const modules = `**/assets/${name}-*.js`;
    await lose(page, modules);
    await sendMessage(page, 'Hello');
    assert.equal(await lastAnswer(page).getByRole('alert').textContent(), DOES_NOT_MATCH);
    assert.equal(gateway.exchanges.length, 0);

    await page.unroute(modules);
    await lastAnswer(page).getByRole('button', { name: 'Retry' }).click();
    await completeAnswer(page, gateway, 'Hi');
    assert.equal(gateway.exchanges.length, 1);
  });

pageTest(
  'an access code that cannot be asked for is no failure of the chat service',
  async ({ page, gateway }) => {
    gateway.setAccessCode('correct-horse');
    await lose(page, '**/assets/access-code-*.js');
    await sendMessage(page, 'Hello');
    assert.equal(await lastAnswer(page).getByRole('alert').textContent(), DOES_NOT_MATCH);
  },
);

pageTest(
  'the chosen model answers where answers cannot be resumed yet',
  async ({ page, gateway }) => {
    await lose(page, RESUMABLE_STREAM);
    await page.locator('textarea[name=message]').focus();
    await page.getByRole('combobox', { name: 'Model' }).selectOption('gpt-b');
    await sendMessage(page, 'First');
    const first = await completeAnswer(page, gateway, 'One.');
    assert.deepEqual([first.body.model, first.headers['resume-key']], ['gpt-b', undefined]);

    await page.unroute(RESUMABLE_STREAM);
    await sendMessage(page, 'Second');
    const second = await completeAnswer(page, gateway, 'Two.');
    assert.equal(second.body.model, 'gpt-b');
    assert.match(String(second.headers['resume-key']), /^[\w-]{22}$/);
  },
  TWO,
);

pageTest(
  'a reload without the modules of an answer resumes it as soon as they are there',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Tell me');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('The quick ');
    await lastAnswer(page).getByText('The quick').waitFor();
    await page.route('**/assets/capabilities-*.js', route => route.abort());
    await lose(page, RESUMABLE_STREAM);
    await lastAnswer(page).getByText('Reconnecting…').waitFor();
    assert.deepEqual(gateway.reads, []);

    await page.unroute(RESUMABLE_STREAM);
    await waitUntil(WAIT_MS, 'a read', async () => gateway.reads.length === 1);
    exchange.sendDelta('brown fox.');
    exchange.complete();
    await page.locator('[data-status=complete]').getByText('The quick brown fox.').waitFor();
    assert.equal(gateway.exchanges.length, 1);
  },
  TWO,
);

/**
 * Loads the page again without some of its modules.
 * @param {Page} page
 * @param {string} modules
 */
async function lose(page, modules) {
  await page.route(modules, route => route.abort());
  await page.reload();
}
