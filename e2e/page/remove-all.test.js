import assert from 'node:assert/strict';
import { completeAnswer, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */

pageTest('Delete all asks first, and Undo restores every conversation', async fixtures => {
  const { page } = fixtures;
  await startConversations(fixtures, 'Green tea', 'Blue sea');
  await page.locator('#composer textarea').fill('A draft');
  await openConfirmation(page);
  const confirmation = page.getByRole('dialog', { name: 'Delete all 2 conversations?' });
  assert.equal(await focused(page), 'Cancel');
  await page.keyboard.press('Enter');
  await confirmation.waitFor({ state: 'detached' });
  assert.equal(await page.locator('#conversation-list li').count(), 2);

  await page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click();
  await confirmation.getByRole('button', { name: 'Delete all' }).click();
  await page.getByText('What can I help with?').waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await page.locator('#conversation-list li').count(), 0);
  await notice(page, '2 conversations deleted').waitFor();

  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await page.locator('#composer textarea:focus').waitFor();
  await lastAnswer(page).getByText('About Blue sea').waitFor();
  await page.waitForFunction(() => document.querySelector('textarea')?.value === 'A draft');
  assert.equal(await page.locator('#conversation-list li').count(), 2);
  await page.reload();
  await lastAnswer(page).getByText('About Blue sea').waitFor();
  await page.locator('#conversation-list li').nth(1).waitFor(); // the list is loaded on its own
  assert.equal(await page.locator('#conversation-list li').count(), 2);
});

pageTest('deleted conversations do not return after a reload', async fixtures => {
  const { page } = fixtures;
  await startConversations(fixtures, 'Green tea', 'Blue sea');
  await removeAll(page);
  await notice(page, '2 conversations deleted').waitFor();
  await page.reload();
  await page.getByText('What can I help with?').waitFor();
  assert.equal(await page.locator('#conversation-list li').count(), 0);
  await startConversations(fixtures, 'White tea');
  assert.equal(await page.locator('#conversation-list li').count(), 1);
});

pageTest('Delete all aborts answers and reaches the other tabs', async fixtures => {
  const { page, gateway } = fixtures;
  await startConversations(fixtures, 'Blue sea');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await lastAnswer(other).getByText('About Blue sea').waitFor();
  await page.bringToFront(); // a tab in the background draws about one frame per second
  await page.keyboard.press('Control+Shift+O');
  await page.getByText('What can I help with?').waitFor();
  await sendMessage(page, 'Green tea');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Two');
  await lastAnswer(page).getByText('Two').waitFor();
  await removeAll(page);
  assert.equal(await exchange.aborted, true);
  await notice(other, 'This conversation was deleted in another tab.').waitFor();
  await other.waitForFunction(() => !document.querySelector('#conversation-list li'));

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('[data-status=stopped]').getByText('Two').waitFor();
  await other.locator('#conversation-list li').nth(1).waitFor();
});

pageTest('there is no Delete all without a conversation', async ({ page }) => {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Export all' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Delete all' }).count(), 0);
});

pageTest(
  'on a phone Undo is above the composer after the drawer has closed',
  async fixtures => {
    const { page } = fixtures;
    await startConversations(fixtures, 'Green tea');
    await page.getByRole('button', { name: 'Conversations' }).tap();
    await openConfirmation(page);
    const confirmation = page.getByRole('dialog', { name: 'Delete the conversation?' });
    await confirmation.getByRole('button', { name: 'Delete all' }).tap();
    await notice(page, '1 conversation deleted').waitFor();
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).tap();
    await lastAnswer(page).getByText('About Green tea').waitFor();
  },
  { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
);

/**
 * @param {{ page: Page, gateway: ScriptedGateway }} fixtures
 * @param {string[]} questions
 */
async function startConversations({ page, gateway }, ...questions) {
  for (const question of questions) {
    await page.keyboard.press('Control+Shift+O');
    await page.getByText('What can I help with?').waitFor();
    await page.locator('textarea[name=message]').fill(question);
    await page.getByRole('button', { name: 'Send' }).click();
    await completeAnswer(page, gateway, `About ${question}`);
  }
}

/** @param {Page} page */
async function openConfirmation(page) {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Delete all' }).click();
}

/** @param {Page} page */
async function removeAll(page) {
  await openConfirmation(page);
  const confirmation = page.getByRole('dialog', { name: /^Delete/ });
  await confirmation.getByRole('button', { name: 'Delete all' }).click();
}

/**
 * @param {Page} page
 * @param {string} hasText
 */
function notice(page, hasText) {
  return page.locator('#restorable', { hasText });
}

/** @param {Page} page */
function focused(page) {
  return page.evaluate(() => document.activeElement?.textContent);
}
