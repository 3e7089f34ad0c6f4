import assert from 'node:assert/strict';
import {
  completeAnswer,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest('an edited message becomes a second version', async ({ page, gateway }) => {
  await sendMessage(page, 'Why?');
  await completeAnswer(page, gateway, 'Because.');
  await lastMessage(page).hover();
  await page.getByRole('button', { name: 'Edit' }).click();
  const editor = page.getByRole('textbox', { name: 'Edit message' });
  assert.equal(await editor.inputValue(), 'Why?');
  await editor.fill('How?');
  await page.keyboard.press('Enter');
  const { body } = await completeAnswer(page, gateway, 'Like this.');
  assert.deepEqual(body.messages, [{ role: 'user', content: 'How?' }]);
  assert.deepEqual(await texts(page), ['How?', 'Like this.']);
  assert.equal(await headings(page), 'You, 2 of 2 Assistant');

  const announcements = await recordAnnouncements(page);
  await page.getByRole('button', { name: 'Previous version' }).click();
  await lastAnswer(page).getByText('Because.').waitFor();
  assert.deepEqual(await texts(page), ['Why?', 'Because.']);
  assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Previous version');
  await announcements.waitFor('Version 1 of 2');
  await page.reload();
  await lastAnswer(page).getByText('Because.').waitFor();
});

pageTest(
  'the version buttons switch between answers while one streams',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Why?');
    await completeAnswer(page, gateway, 'Because.');
    await page.getByRole('button', { name: 'Regenerate' }).click();
    const second = await gateway.nextExchange();
    second.sendDelta('There');
    await lastAnswer(page).getByText('There').waitFor();
    assert.equal(await lastAnswer(page).locator('.version-picker').textContent(), '2/2');
    await page.getByRole('button', { name: 'Previous version' }).click();
    await lastAnswer(page).getByText('Because.').waitFor();
    second.sendDelta('fore.');
    second.complete();
    await page.getByRole('button', { name: 'Next version' }).click();
    await page.locator('[data-status=complete]').getByText('Therefore.').waitFor();
  },
);

pageTest('Retry leaves no empty version', async ({ page, gateway }) => {
  await sendMessage(page, 'Why?');
  (await gateway.nextExchange()).sendErrorResponse(500, {
    code: 'internal',
    message: 'No',
    retryable: true,
  });
  await page.getByRole('button', { name: 'Retry' }).click();
  await completeAnswer(page, gateway, 'Because.');
  assert.equal(await page.locator('.version-picker:visible').count(), 0);
});

pageTest('a later turn belongs to the version that it follows', async ({ page, gateway }) => {
  await sendMessage(page, 'Why?');
  await completeAnswer(page, gateway, 'Because.');
  await sendMessage(page, 'Since when?');
  await completeAnswer(page, gateway, 'Since ever.');
  await page.locator('article').nth(1).hover();
  await page.getByRole('button', { name: 'Regenerate' }).first().click();
  await completeAnswer(page, gateway, 'Therefore.');
  assert.deepEqual(await texts(page), ['Why?', 'Therefore.']);
  await page.getByRole('button', { name: 'Previous version' }).click();
  await lastAnswer(page).getByText('Since ever.').waitFor();
  assert.deepEqual(await texts(page), ['Why?', 'Because.', 'Since when?', 'Since ever.']);
});

pageTest(
  'ArrowUp edits the last message, and Escape cancels the edit',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Why?');
    await completeAnswer(page, gateway, 'Because.');
    await page.keyboard.press('ArrowUp');
    const editor = page.getByRole('textbox', { name: 'Edit message' });
    await editor.fill('How?');
    await page.keyboard.press('Escape');
    await editor.waitFor({ state: 'detached' });
    assert.deepEqual(await texts(page), ['Why?', 'Because.']);
    assert.ok(await page.evaluate(() => document.activeElement?.matches('[name=message]')));
  },
);

pageTest('Escape cancels an edit before it stops the answer', async ({ page, gateway }) => {
  await sendMessage(page, 'Why?');
  (await gateway.nextExchange()).sendDelta('Beca');
  await lastAnswer(page).getByText('Beca').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.getByRole('textbox', { name: 'Edit message' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await lastAnswer(page).getAttribute('data-status'), 'streaming');
  await page.keyboard.press('Escape');
  await page.locator('[data-status=stopped]').waitFor();
});

pageTest(
  'Continue is offered only for an answer at its length limit',
  async ({ page, gateway }) => {
    const continueButton = page.getByRole('button', { name: 'Continue' });
    await sendMessage(page, 'Count');
    await completeAnswer(page, gateway, 'One, two.');
    assert.equal(await continueButton.count(), 0);
    await sendMessage(page, 'Go on');
    const incomplete = await gateway.nextExchange();
    incomplete.sendDelta('Three,');
    incomplete.incomplete('max_output_tokens');
    await continueButton.click();
    const exchange = await gateway.nextExchange();
    assert.equal(exchange.body.messages.at(-2).content, 'Three,');
    exchange.sendDelta(' four.');
    exchange.complete();
    await page.locator('[data-status=complete]').getByText('Three, four.').waitFor();
    assert.equal(await continueButton.count(), 0);
  },
);

pageTest('Continue is not offered after the content filter', async ({ page, gateway }) => {
  await sendMessage(page, 'Count');
  const incomplete = await gateway.nextExchange();
  incomplete.sendDelta('One,');
  incomplete.incomplete('content_filter');
  await lastAnswer(page).getByText('content filter').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Continue' }).count(), 0);
});

/** @param {Page} page */
function lastMessage(page) {
  return page.locator('article[data-role=user]').last();
}

/** @param {Page} page */
function texts(page) {
  return page.locator('.turn-text').allTextContents();
}

/** @param {Page} page */
async function headings(page) {
  return (await page.locator('article h2').allTextContents()).join(' ');
}
