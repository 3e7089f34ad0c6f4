import assert from 'node:assert/strict';
import { answer, answered, ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest('an edited question is a version beside the first', async ({ page, gateway }) => {
  await ask(page, 'Why?');
  await answered(page, gateway, 'Because.');
  await question(page).hover();
  await page.getByRole('button', { name: 'Edit' }).click();
  const editor = page.getByRole('textbox', { name: 'Edit message' });
  assert.equal(await editor.inputValue(), 'Why?');
  await editor.fill('How?');
  await page.keyboard.press('Enter');
  const { body } = await answered(page, gateway, 'Like this.');
  assert.deepEqual(body.messages, [{ role: 'user', content: 'How?' }]);
  assert.deepEqual(await texts(page), ['How?', 'Like this.']);
  assert.equal(await headings(page), 'You, 2 of 2 Assistant');

  await page.getByRole('button', { name: 'Previous version' }).click();
  await answer(page).getByText('Because.').waitFor();
  assert.deepEqual(await texts(page), ['Why?', 'Because.']);
  assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Previous version');
  await page.getByRole('status').getByText('Version 1 of 2').waitFor();
  await page.reload();
  await answer(page).getByText('Because.').waitFor();
});

pageTest('another answer can be turned back, also in mid-stream', async ({ page, gateway }) => {
  await ask(page, 'Why?');
  await answered(page, gateway, 'Because.');
  await page.getByRole('button', { name: 'Regenerate' }).click();
  const second = await gateway.asked();
  second.say('There');
  await answer(page).getByText('There').waitFor();
  assert.equal(await answer(page).locator('.version-picker').textContent(), '2/2');
  await page.getByRole('button', { name: 'Previous version' }).click();
  await answer(page).getByText('Because.').waitFor();
  second.say('fore.');
  second.complete();
  await page.getByRole('button', { name: 'Next version' }).click();
  await page.locator('[data-status=complete]').getByText('Therefore.').waitFor();
});

pageTest('a retry leaves no empty version behind', async ({ page, gateway }) => {
  await ask(page, 'Why?');
  (await gateway.asked()).refuse(500, { code: 'internal', message: 'No', retryable: true });
  await page.getByRole('button', { name: 'Retry' }).click();
  await answered(page, gateway, 'Because.');
  assert.equal(await page.locator('.version-picker:visible').count(), 0);
});

pageTest('a later turn keeps to the version it was written for', async ({ page, gateway }) => {
  await ask(page, 'Why?');
  await answered(page, gateway, 'Because.');
  await ask(page, 'Since when?');
  await answered(page, gateway, 'Since ever.');
  await page.locator('article').nth(1).hover();
  await page.getByRole('button', { name: 'Regenerate' }).first().click();
  await answered(page, gateway, 'Therefore.');
  assert.deepEqual(await texts(page), ['Why?', 'Therefore.']);
  await page.getByRole('button', { name: 'Previous version' }).click();
  await answer(page).getByText('Since ever.').waitFor();
  assert.deepEqual(await texts(page), ['Why?', 'Because.', 'Since when?', 'Since ever.']);
});

pageTest('up edits the last question, and Esc leaves it as it was', async ({ page, gateway }) => {
  await ask(page, 'Why?');
  await answered(page, gateway, 'Because.');
  await page.keyboard.press('ArrowUp');
  const editor = page.getByRole('textbox', { name: 'Edit message' });
  await editor.fill('How?');
  await page.keyboard.press('Escape');
  await editor.waitFor({ state: 'detached' });
  assert.deepEqual(await texts(page), ['Why?', 'Because.']);
  assert.ok(await page.evaluate(() => document.activeElement?.matches('[name=message]')));
});

pageTest('Esc leaves the edit before it stops the answer', async ({ page, gateway }) => {
  await ask(page, 'Why?');
  (await gateway.asked()).say('Beca');
  await answer(page).getByText('Beca').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Escape');
  assert.equal(await answer(page).getAttribute('data-status'), 'streaming');
  await page.keyboard.press('Escape');
  await page.locator('[data-status=stopped]').waitFor();
});

pageTest('only an answer that stopped short can be continued', async ({ page, gateway }) => {
  const again = page.getByRole('button', { name: 'Continue' });
  await ask(page, 'Count');
  await answered(page, gateway, 'One, two.');
  assert.equal(await again.count(), 0);
  await ask(page, 'Go on');
  const cut = await gateway.asked();
  cut.say('Three,');
  cut.incomplete('max_output_tokens');
  await again.click();
  const { body } = await answered(page, gateway, 'four.');
  assert.equal(body.messages.at(-2).content, 'Three,');
  assert.equal(body.messages.at(-1).content, 'Continue where you left off.');
  assert.equal(await again.isVisible(), false);
});

pageTest('an answer that the provider’s filter ended cannot', async ({ page, gateway }) => {
  await ask(page, 'Count');
  const cut = await gateway.asked();
  cut.say('One,');
  cut.incomplete('content_filter');
  await answer(page).getByText('content filter').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Continue' }).count(), 0);
});

/** @param {Page} page */
function question(page) {
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
