import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { completeAnswer, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';
import { waitUntil } from '../support/gateway.js';
import { importFiles } from '../support/import-dialog.js';

/** @import { Page } from 'playwright-core' */

const WAIT_MS = 20_000;

pageTest('instructions are one message of the system, and no turn', async ({ page, gateway }) => {
  await instruct(page, 'In all conversations', 'Be kind.');
  await instruct(page, 'In this conversation', 'In verse.');
  await sendMessage(page, 'Hello');
  const { body } = await completeAnswer(page, gateway, 'Hi.');
  const system = { role: 'system', content: 'Be kind.\n\nIn verse.' };
  assert.deepEqual(body.messages, [system, { role: 'user', content: 'Hello' }]);
  assert.equal(await page.locator('article').count(), 2);
  assert.equal(await page.getByText('In verse.').count(), 0);

  await lastAnswer(page).getByRole('button', { name: 'Regenerate' }).click();
  assert.deepEqual((await completeAnswer(page, gateway, 'Ho.')).body.messages[0], system);
  await page.keyboard.press('Control+Shift+O');
  await page.getByText('What can I help with?').waitFor();
  await sendMessage(page, 'Other');
  const other = await completeAnswer(page, gateway, 'Yes.');
  assert.deepEqual(other.body.messages[0], { role: 'system', content: 'Be kind.' });
});

pageTest('instructions of a new chat survive a reload, for its first message', async fixtures => {
  const { page, gateway } = fixtures;
  await instruct(page, 'In this conversation', 'In verse.');
  await page.reload();
  await sendMessage(page, 'Hello');
  const { body } = await completeAnswer(page, gateway, 'Hi.');
  assert.deepEqual(body.messages[0], { role: 'system', content: 'In verse.' });
  await page.keyboard.press('Control+Shift+O');
  await page.getByText('What can I help with?').waitFor();
  await page.reload();
  await sendMessage(page, 'Other');
  const other = await completeAnswer(page, gateway, 'Yes.');
  assert.deepEqual(other.body.messages, [{ role: 'user', content: 'Other' }]);
});

pageTest('instructions survive a reload and are in other tabs', async ({ page, gateway }) => {
  await sendMessage(page, 'Hello');
  await completeAnswer(page, gateway, 'Hi.');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await lastAnswer(other).getByText('Hi.').waitFor();
  await instruct(page, 'In all conversations', 'Be kind.');
  await instruct(page, 'In this conversation', 'In verse.');
  const here = other.getByLabel('In this conversation');
  await waitUntil(WAIT_MS, 'the instructions in the other tab', async () => {
    await other.getByRole('button', { name: 'Settings' }).click();
    const text = await here.inputValue();
    await other.keyboard.press('Escape');
    return text === 'In verse.';
  });
  await sendMessage(other, 'Again');
  const { body } = await completeAnswer(other, gateway, 'Well.');
  assert.equal(body.messages[0].content, 'Be kind.\n\nIn verse.');
  await page.reload();
  await page.getByRole('button', { name: 'Settings' }).click();
  assert.equal(await page.getByLabel('In this conversation').inputValue(), 'In verse.');
  await other.close();
});

pageTest(
  'instructions end at 4,000 characters, which are counted near the end',
  async ({ page }) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    const field = page.getByLabel('In all conversations');
    await field.fill('x'.repeat(3199));
    assert.equal(await page.getByText(/of 4000 characters/).count(), 0);
    await field.press('End');
    await field.press('y');
    await page.getByText('3200 of 4000 characters').waitFor();
    await page.evaluate(() => navigator.clipboard.writeText('z'.repeat(2000)));
    await field.press('Control+v');
    await page.getByText('4000 of 4000 characters').waitFor();
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);

pageTest(
  'an export has the instructions of its conversation, and an import keeps them',
  async fixtures => {
    const { page, gateway } = fixtures;
    await instruct(page, 'In this conversation', 'In verse.');
    await sendMessage(page, 'Hello');
    await completeAnswer(page, gateway, 'Hi.');
    const text = await exportAll(page);
    assert.equal(JSON.parse(text).conversations[0].instructions, 'In verse.');
    await page.getByRole('button', { name: 'Delete all' }).click();
    await page
      .getByRole('dialog', { name: /Delete/ })
      .getByRole('button', { name: 'Delete all' })
      .click();
    await page.getByText('What can I help with?').waitFor();
    await importFiles(page, {
      name: 'a.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
    await page.getByRole('dialog').getByText('1 conversation imported').waitFor();
    assert.equal(await exportAll(page), text);
    await page.keyboard.press('Escape');
    await page.getByRole('navigation').getByRole('link', { name: 'Hello' }).click();
    await lastAnswer(page).getByText('Hi.').waitFor();
    await sendMessage(page, 'Again');
    const { body } = await completeAnswer(page, gateway, 'Well.');
    assert.equal(body.messages[0].content, 'In verse.');
  },
);

for (const own of ['', 'Be brief.'])
  pageTest(
    `an import ${own ? 'replaces no' : 'brings back'} instructions for all conversations`,
    async ({ page, gateway }) => {
      await instruct(page, 'In all conversations', 'Be kind.');
      await sendMessage(page, 'Hello');
      await completeAnswer(page, gateway, 'Hi.');
      const buffer = Buffer.from(await exportAll(page));
      await page.keyboard.press('Escape');
      await instruct(page, 'In all conversations', own);
      await importFiles(page, { name: 'a.json', mimeType: 'application/json', buffer });
      const result = page.getByRole('dialog').getByText('1 conversation imported.');
      await result.waitFor();
      const says = (await result.textContent())?.includes('Your instructions');
      const field = page.getByLabel('In all conversations');
      assert.deepEqual([says, await field.inputValue()], [own === '', own || 'Be kind.']);
      await page.keyboard.press('Escape');
      await sendMessage(page, 'Again');
      const { body } = await completeAnswer(page, gateway, 'Well.');
      assert.equal(body.messages[0].content, own || 'Be kind.');
    },
  );

/**
 * @param {Page} page
 * @param {string} label
 * @param {string} text
 */
async function instruct(page, label, text) {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByLabel(label).fill(text);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** @param {Page} page */
async function exportAll(page) {
  if (!(await page.getByRole('dialog').isVisible()))
    await page.getByRole('button', { name: 'Settings' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export all' }).click();
  return readFile(await (await download).path(), 'utf8');
}
