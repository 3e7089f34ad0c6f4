import assert from 'node:assert/strict';
import { listen, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const quoted = 'notes.txt:\n```txt\nRemember the milk\n```\n';

pageTest('a chosen text file is read into the message and sent', async ({ page, gateway }) => {
  const spoken = await listen(page);
  await page.locator('textarea').fill('What is in this?');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach text files' }).click();
  await (await choosing).setFiles(file('notes.txt', 'text/plain', 'Remember the milk'));
  await spoken.until('1 file attached');
  assert.equal(await page.locator('textarea').inputValue(), `What is in this?\n\n${quoted}`);
  await page.keyboard.press('Enter');
  const { body } = await gateway.asked();
  assert.equal(body.messages[0].content, `What is in this?\n\n${quoted}`);
});

pageTest('a file dropped anywhere is read, and the page stays', async ({ page }) => {
  const spoken = await listen(page);
  await drag(page, '#title', 'dragover');
  await page.locator('#composer[data-dropping]').waitFor();
  await drag(page, '#title', 'drop');
  await spoken.until('1 file attached');
  assert.equal(await page.locator('textarea').inputValue(), quoted);
  assert.equal(await page.locator('#composer[data-dropping]').count(), 0);

  await page.reload();
  await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('milk'));
});

pageTest('a file that is not readable is reported, and the draft stays', async ({ page }) => {
  const input = page.locator('input[type=file]');
  const told = page.locator('#dock').getByRole('alert');
  await page.locator('textarea').fill('Mine');
  await input.setInputFiles(file('large.log', 'text/plain', 'x'.repeat(102_401)));
  await told.getByText('large.log is larger than 100 KB.').waitFor();
  await input.setInputFiles(file('a.png', 'image/png', '\0\0\0'));
  await told.getByText('a.png is not a text file.').waitFor();
  assert.equal(await page.locator('textarea').inputValue(), 'Mine');
  await page.locator('textarea').press('End');
  await page.keyboard.type(' still');
  await told.waitFor({ state: 'hidden' });
});

pageTest(
  'a paste inserts plain text',
  async ({ page }) => {
    await page.evaluate(async () => {
      const parts = { 'text/html': '<b>Bold</b> <img src=x>', 'text/plain': 'Bold' };
      const blobs = Object.entries(parts).map(([type, text]) => [type, new Blob([text], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    });
    await page.locator('textarea').press('Control+v');
    assert.equal(await page.locator('textarea').inputValue(), 'Bold');
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);

/**
 * @param {string} name
 * @param {string} mimeType
 * @param {string} text
 */
function file(name, mimeType, text) {
  return { name, mimeType, buffer: Buffer.from(text) };
}

/**
 * @param {Page} page
 * @param {string} over
 * @param {'dragover' | 'drop'} what
 */
async function drag(page, over, what) {
  const dataTransfer = await page.evaluateHandle(() => {
    const carried = new DataTransfer();
    carried.items.add(new File(['Remember the milk'], 'notes.txt', { type: 'text/plain' }));
    return carried;
  });
  await page.dispatchEvent(over, what, { dataTransfer });
}
