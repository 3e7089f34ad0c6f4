import assert from 'node:assert/strict';
import { completeAnswer, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const DOES_NOT_MATCH = 'This page and the chat service do not match. Please reload the page.';

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

/**
 * Loads the page again without some of its modules.
 * @param {Page} page
 * @param {string} modules
 */
async function lose(page, modules) {
  await page.route(modules, route => route.abort());
  await page.reload();
}
