import assert from 'node:assert/strict';
import { pageTest, recordAnnouncements } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const FILE_AS_MARKDOWN = 'notes.txt:\n```txt\nRemember the milk\n```\n';

pageTest('a selected text file becomes part of the message', async ({ page, gateway }) => {
  const announcements = await recordAnnouncements(page);
  await page.locator('textarea').fill('What is in this?');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach text files' }).click();
  await (await choosing).setFiles(file('notes.txt', 'text/plain', 'Remember the milk'));
  await announcements.waitFor('1 file attached');
  assert.equal(
    await page.locator('textarea').inputValue(),
    `What is in this?\n\n${FILE_AS_MARKDOWN}`,
  );
  await page.keyboard.press('Enter');
  const { body } = await gateway.nextExchange();
  assert.equal(body.messages[0].content, `What is in this?\n\n${FILE_AS_MARKDOWN}`);
});

pageTest('a file dropped on the page becomes part of the draft', async ({ page }) => {
  const announcements = await recordAnnouncements(page);
  await drag(page, '#title', 'dragover');
  await page.locator('#composer[data-dropping]').waitFor();
  await drag(page, '#title', 'drop');
  await announcements.waitFor('1 file attached');
  assert.equal(await page.locator('textarea').inputValue(), FILE_AS_MARKDOWN);
  assert.equal(await page.locator('#composer[data-dropping]').count(), 0);

  await page.reload();
  await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('milk'));
});

const TABLE = 'Größe;Preis\nMüller’s;8 €\n';

for (const [encoding, bytes] of /** @type {[string, Buffer][]} */ ([
  ['Windows-1252', Buffer.from('Gr\xf6\xdfe;Preis\r\nM\xfcller\x92s;8 \x80\r\n', 'latin1')],
  ['UTF-16', Buffer.from(`\uFEFF${TABLE}`, 'utf16le')],
  ['UTF-16 of the other order without a mark', Buffer.from(TABLE, 'utf16le').swap16()],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${TABLE}`)],
])) {
  pageTest(`a table in ${encoding} becomes part of the message`, async ({ page }) => {
    const announcements = await recordAnnouncements(page);
    const table = { name: 'table.csv', mimeType: 'text/csv', buffer: bytes };
    await page.locator('input[type=file]').setInputFiles(table);
    await announcements.waitFor('1 file attached');
    const value = await page.locator('textarea').inputValue();
    assert.equal(value, `table.csv:\n\`\`\`csv\n${TABLE}\`\`\`\n`);
  });
}

pageTest('a rejected file shows an alert and keeps the draft', async ({ page }) => {
  const input = page.locator('input[type=file]');
  const alert = page.locator('#dock').getByRole('alert');
  await page.locator('textarea').fill('Mine');
  await input.setInputFiles(file('large.log', 'text/plain', 'x'.repeat(102_401)));
  await alert.getByText('large.log is larger than 100 KB.').waitFor();
  await input.setInputFiles(file('a.png', 'image/png', '\0\0\0'));
  await alert.getByText('a.png is not a text file.').waitFor();
  assert.equal(await page.locator('textarea').inputValue(), 'Mine');
  await page.locator('textarea').press('End');
  await page.keyboard.type(' still');
  await alert.waitFor({ state: 'hidden' });
});

pageTest('the alert about a rejected file goes when the message is sent', async fixtures => {
  const { page, gateway } = fixtures;
  const alert = page.locator('#dock').getByRole('alert');
  await page.locator('textarea').fill('Mine');
  await page.locator('input[type=file]').setInputFiles(file('a.png', 'image/png', '\0\0\0'));
  await alert.getByText('a.png is not a text file.').waitFor();
  await page.keyboard.press('Enter');
  await alert.waitFor({ state: 'hidden' });
  await gateway.nextExchange();

  await page.locator('input[type=file]').setInputFiles(file('a.png', 'image/png', '\0\0\0'));
  await alert.getByText('a.png is not a text file.').waitFor();
  await page.locator('#new-chat').click();
  await alert.waitFor({ state: 'hidden' });
});

pageTest('text dropped beside the composer becomes part of the draft', async ({ page }) => {
  await page.locator('textarea').fill('Look:');
  await dragText(page, '#title', 'dragover');
  await page.locator('#composer[data-dropping]').waitFor();
  await dragText(page, '#title', 'drop');
  assert.equal(await page.locator('textarea').inputValue(), 'Look:\n\nDropped');
  await page.reload();
  await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('Dropped'));
});

pageTest('a dragged link of the page itself is not dropped', async ({ page }) => {
  await page.dispatchEvent('#new-chat', 'dragstart');
  await dragText(page, '#title', 'drop');
  assert.equal(await page.locator('textarea').inputValue(), '');
  await page.dispatchEvent('#new-chat', 'dragend');
  await dragText(page, '#title', 'drop');
  assert.equal(await page.locator('textarea').inputValue(), 'Dropped');
});

pageTest(
  'paste inserts plain text',
  async ({ page }) => {
    await page.evaluate(async () => {
      const formats = { 'text/html': '<b>Bold</b> <img src=x>', 'text/plain': 'Bold' };
      const blobs = Object.entries(formats).map(([type, text]) => [
        type,
        new Blob([text], { type }),
      ]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    });
    await page.locator('textarea').press('Control+v');
    assert.equal(await page.locator('textarea').inputValue(), 'Bold');
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);

for (const text of ['', 'notes.md', '/Users/a/notes.md\n'])
  pageTest(`a file is pasted with the text ${JSON.stringify(text)}`, async ({ page }) => {
    assert.equal(await pasteFile(page, text), true);
    await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('Green'));
  });

pageTest('a text is pasted where the clipboard also has a file', async ({ page }) => {
  assert.equal(await pasteFile(page, 'One\tTwo'), false);
});

pageTest('a file can be chosen again after it could not be read', async ({ page }) => {
  await page.route('**/read-files-*', route => route.abort());
  const input = page.locator('input[name=files]');
  await input.setInputFiles(file('notes.md', 'text/markdown', 'Green tea'));
  await page.locator('#not-loaded').waitFor();
  assert.equal(await input.inputValue(), '');
});

/**
 * Pastes a file and a text.
 * @param {Page} page
 * @param {string} text
 * @returns {Promise<boolean>}  whether the page has taken the file
 */
function pasteFile(page, text) {
  return page.evaluate(text => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['Green tea'], 'notes.md', { type: 'text/markdown' }));
    if (text) clipboardData.setData('text/plain', text);
    const options = { bubbles: true, cancelable: true, clipboardData };
    return !document.querySelector('textarea')?.dispatchEvent(new ClipboardEvent('paste', options));
  }, text);
}

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
 * @param {string} selector
 * @param {'dragover' | 'drop'} type
 */
async function drag(page, selector, type) {
  const dataTransfer = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['Remember the milk'], 'notes.txt', { type: 'text/plain' }));
    return transfer;
  });
  await page.dispatchEvent(selector, type, { dataTransfer });
}

/**
 * @param {Page} page
 * @param {string} selector
 * @param {'dragover' | 'drop'} type
 */
async function dragText(page, selector, type) {
  const dataTransfer = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', 'Dropped');
    return transfer;
  });
  await page.dispatchEvent(selector, type, { dataTransfer });
}
