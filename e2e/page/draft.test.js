import assert from 'node:assert/strict';
import { answer, answered, ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest(
  'each conversation keeps its own draft, also after a reload',
  async ({ page, gateway }) => {
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
  },
);

pageTest('a sent message is not a draft after a reload', async ({ page, gateway }) => {
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

pageTest('a failed answer keeps the draft of the next message', async ({ page, gateway }) => {
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

pageTest('a draft typed while the page loads survives reloads', async ({ page }) => {
  for (let reload = 1; reload <= 3; reload++) {
    await reloadAndType(page, `Green tea ${reload}`);
    await page.reload({ waitUntil: 'commit' });
    await holds(page, `Green tea ${reload}`);
  }
});

pageTest('a draft survives a reload after each keystroke', async ({ page }) => {
  let typed = '';
  for (const letter of 'Tea?') {
    await page.locator('textarea').press(letter);
    typed += letter;
    await page.reload();
    await holds(page, typed);
    await page.locator('textarea').press('End');
  }
});

pageTest('a sent draft does not come back in a tab that was open', async ({ page, gateway }) => {
  await page.locator('textarea').fill('Green tea');
  const other = await page.context().newPage();
  await other.goto('/');
  await holds(other, 'Green tea');
  await page.locator('textarea').press('Enter');
  await answered(page, gateway, 'Two minutes.');
  await other.reload();
  await holds(other, '');
  await other.locator('#sidebar').getByRole('link', { name: 'Green tea' }).waitFor();
  await holds(other, '');
});

pageTest('the draft of a deleted conversation does not come back', async ({ page, gateway }) => {
  await ask(page, 'Green tea');
  await answered(page, gateway, 'Two minutes.');
  const address = new URL(page.url()).hash;
  await page.keyboard.type('And black');
  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Delete' }).press('Enter');
  await page.getByText('Conversation deleted').first().waitFor();
  await page.goto(`/${address}`);
  await page.reload();
  await page.getByText('What can I help with?').waitFor();
  await holds(page, '');
  const entries = await page.evaluate(() =>
    Object.keys(localStorage).filter(key => key.startsWith('draft:')),
  );
  assert.deepEqual(entries, []);
});

/**
 * Reloads the page and sets the text of the composer as soon as it listens, which is before the
 * database is open.
 * @param {Page} page
 * @param {string} text
 */
async function reloadAndType(page, text) {
  await page.reload({ waitUntil: 'domcontentloaded' });
  await page.locator('textarea').fill(text);
}

/**
 * Waits until the message field holds this text.
 * @param {Page} page
 * @param {string} text
 */
function holds(page, text) {
  return page.waitForFunction(wanted => document.querySelector('textarea')?.value === wanted, text);
}
