import assert from 'node:assert/strict';
import { answered, ask, listen, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest('every key does what it is said to do', async ({ page, gateway }) => {
  await ask(page, 'First question');
  await answered(page, gateway, 'An answer');
  const field = page.locator('#composer textarea');

  await page.keyboard.press('Control+b');
  await page.locator('#sidebar').waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+b');
  await page.locator('#sidebar').waitFor();

  await page.keyboard.press('ArrowUp');
  const editor = page.locator('article form textarea');
  assert.equal(await editor.inputValue(), 'First question');
  await page.keyboard.press('Escape');
  await editor.waitFor({ state: 'detached' });

  await page.locator('#thread').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Settings' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await focused(page), 'thread');
  await page.keyboard.press('Shift+Escape');
  assert.equal(await field.evaluate(node => node === document.activeElement), true);

  await page.keyboard.press('Control+Shift+O');
  await page.getByText('What can I help with?').waitFor();
});

pageTest('a letter in the message field is a letter', async ({ page }) => {
  await page.locator('#composer textarea').pressSequentially('b?k');
  assert.equal(await page.locator('#composer textarea').inputValue(), 'b?k');
  assert.equal(await page.getByRole('dialog').count(), 0);
});

pageTest(
  'the palette finds a conversation and opens it, by keyboard alone',
  async ({ page, gateway }) => {
    await ask(page, 'About rivers');
    await answered(page, gateway, 'They flow');
    await page.keyboard.press('Control+Shift+O');
    await page.getByText('What can I help with?').waitFor();
    await ask(page, 'About mountains');
    await answered(page, gateway, 'They stand');

    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Commands' });
    await palette.getByRole('combobox').fill('FLOW ab');
    await palette.getByRole('option').nth(1).waitFor({ state: 'detached' });
    assert.deepEqual(await palette.getByRole('option').allTextContents(), ['About rivers']);
    assert.equal(await palette.getByRole('status').textContent(), '1 result');
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'detached' });
    await page.getByText('They flow').waitFor();
    assert.equal(await page.locator('#title').textContent(), 'About rivers');
  },
);

pageTest('the palette’s arrows go round, and what is marked is run', async ({ page }) => {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill('theme');
  const marked = palette.getByRole('option', { selected: true });
  await palette.getByRole('option').nth(3).waitFor({ state: 'detached' });
  assert.equal(await marked.textContent(), 'Light theme');
  await page.keyboard.press('ArrowUp');
  assert.equal(await marked.textContent(), 'Theme as the system');
  await page.keyboard.press('ArrowUp');
  assert.equal(await marked.textContent(), 'Dark theme');
  assert.equal(
    await palette.getByRole('combobox').getAttribute('aria-activedescendant'),
    await marked.getAttribute('id'),
  );
  await page.keyboard.press('Enter');
  await palette.waitFor({ state: 'detached' });
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  assert.equal(await page.getByRole('radio', { name: 'Dark' }).isChecked(), true);
});

pageTest('a press outside the palette closes it and the focus goes back', async ({ page }) => {
  await page.locator('#toggle-sidebar').focus();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill('nothing is called this');
  await palette.getByText('Nothing found').waitFor();
  await page.mouse.click(5, 5);
  await palette.waitFor({ state: 'detached' });
  assert.equal(await focused(page), 'toggle-sidebar');
});

pageTest('Esc closes what is open before it stops the answer', async ({ page, gateway }) => {
  await ask(page, 'Hello');
  const question = await gateway.asked();
  question.say('Half');
  await page.getByText('Half').waitFor();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.waitFor();
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
  assert.equal(await page.locator('[data-status=streaming]').count(), 1);
  await page.keyboard.press('Escape');
  await page.locator('[data-status=stopped]').waitFor();
});

pageTest(
  'who wants to hear only that an answer is there hears no more',
  async ({ page, gateway }) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'Only that it is complete' }).check();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Settings' }).click();
    const choice = page.getByRole('radio', { name: 'Only that it is complete' });
    assert.equal(await choice.isChecked(), true);
    await page.keyboard.press('Escape');

    const spoken = await listen(page);
    await ask(page, 'Hello');
    await answered(page, gateway, 'Not heard');
    await spoken.until('Answer complete, 2 words');
    assert.equal(await page.locator('#spoken').textContent(), '');
  },
);

/** @param {Page} page */
function focused(page) {
  return page.evaluate(() => document.activeElement?.id);
}
