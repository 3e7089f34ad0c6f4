import assert from 'node:assert/strict';
import { answer, answered, ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest('each conversation keeps what was begun in it', async ({ page, gateway }) => {
  await ask(page, 'Green tea');
  await answered(page, gateway, 'Two minutes.');
  await page.keyboard.type('And black');
  await page.locator('#new-chat').click();
  await holds(page, '');
  await page.keyboard.type('Something else');
  await page.getByRole('navigation').getByRole('link', { name: 'Green tea' }).click();
  await holds(page, 'And black');
  await page.reload();
  await holds(page, 'And black');
  await page.locator('#new-chat').click();
  await holds(page, 'Something else');
});

pageTest('what was sent is no draft any more', async ({ page, gateway }) => {
  await ask(page, 'Green tea');
  const question = await gateway.asked();
  question.say('Two');
  await answer(page).getByText('Two').waitFor();
  await page.reload();
  await page.locator('[data-status=interrupted]').waitFor();
  await holds(page, '');
  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  await holds(page, '');
});

pageTest('a send that fails leaves a newer draft as it is', async ({ page, gateway }) => {
  await ask(page, 'Green tea');
  const question = await gateway.asked();
  await page.keyboard.type('And black');
  question.refuse(500, { code: 'internal', message: 'No', retryable: true });
  await answer(page).getByRole('alert').waitFor();
  await holds(page, 'And black');
  await page.reload();
  await answer(page).getByRole('button', { name: 'Retry' }).waitFor();
  assert.equal(await page.locator('[data-role=user] .turn-text').textContent(), 'Green tea');
  await holds(page, 'And black');
});

/**
 * Waits until the message field holds this text.
 * @param {Page} page
 * @param {string} text
 */
function holds(page, text) {
  return page.waitForFunction(wanted => document.querySelector('textarea')?.value === wanted, text);
}
