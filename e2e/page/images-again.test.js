import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { attach, CAPABLE, shape, untilAttached } from '../support/attach.js';
import {
  completeAnswer,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';
import { importFiles } from '../support/import-dialog.js';
import { bytesOf, pdf, picture, withExif } from '../support/pictures.js';
import { naturalSize, removeConversation, takeOut, untilStored } from '../support/stored-images.js';

/** @import { Page } from 'playwright-core' */

pageTest(
  'an edited question and another answer keep the image',
  async ({ page, gateway }) => {
    await attach(page, await picture(page));
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'A cat');
    await page.getByRole('button', { name: 'Regenerate' }).click();
    assert.deepEqual(shape((await completeAnswer(page, gateway, 'A dog')).body), [
      ['Look', 'image'],
    ]);
    await page.locator('textarea').focus();
    await page.keyboard.press('ArrowUp');
    await page.locator('textarea[name=edit]').fill('Look there');
    await page.keyboard.press('Enter');
    assert.deepEqual(shape((await gateway.nextExchange()).body), [['Look there', 'image']]);
    await page.getByRole('button', { name: /^Show picture/ }).waitFor();
  },
  CAPABLE,
);

pageTest(
  'an image that is taken out of a conversation is never sent again, unless that is undone',
  async ({ page, gateway }) => {
    const announcements = await recordAnnouncements(page);
    await attach(page, await picture(page, { name: 'cat.jpg' }));
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'A cat');
    await takeOut(page, 'cat.jpg');
    await announcements.waitFor('cat.jpg was taken out of this conversation.');
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await page.locator('#thread:focus').waitFor();
    await page.getByRole('button', { name: 'Show cat.jpg' }).waitFor();
    await takeOut(page, 'cat.jpg');
    await page.getByText('Taken out of this conversation', { exact: true }).waitFor();
    await sendMessage(page, 'And?');
    const exchange = await completeAnswer(page, gateway, 'Nothing');
    assert.deepEqual(shape(exchange.body), ['Look', 'A cat', 'And?']);
    await page.reload();
    await page.getByText('Taken out of this conversation', { exact: true }).waitFor();
    await untilStored(page, []);
  },
  CAPABLE,
);

pageTest(
  'an image that the model cannot read is named, and Retry sends the message without it',
  async ({ page, gateway }) => {
    await attach(page, await picture(page, { name: 'cat.jpg' }));
    await attach(page, await picture(page, { name: 'dog.jpg' }), 2);
    await sendMessage(page, 'Look');
    const exchange = await gateway.nextExchange();
    exchange.sendErrorResponse(400, {
      code: 'invalid_request',
      message: 'the image of part 2 of message 0 cannot be read by the model',
      retryable: false,
      request_id: 'request-1',
    });
    const problem = 'The model could not read dog.jpg. Retry sends the message without it.';
    await lastAnswer(page).getByText(problem).waitFor();
    await page.getByText('The model could not read it: not sent again').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    const again = await completeAnswer(page, gateway, 'A cat');
    assert.deepEqual(shape(again.body), [['Look\n\n[image omitted]', 'image']]);
    await page.reload();
    await sendMessage(page, 'And?');
    const { body } = await gateway.nextExchange();
    assert.deepEqual(shape(body)[0], ['Look\n\n[image omitted]', 'image']);
  },
  CAPABLE,
);

pageTest(
  'a chat that takes no images any more shows them, and says that it sends text only',
  async ({ page, gateway }) => {
    await attach(page, await picture(page, { name: 'cat.jpg' }));
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'A cat');
    gateway.setCapabilities(['resume']);
    await page.reload();
    await page.getByRole('button', { name: 'Show cat.jpg' }).waitFor();
    await page.getByText('Not sent: this chat takes text only now').waitFor();
    await sendMessage(page, 'And?');
    const { body } = await gateway.nextExchange();
    assert.deepEqual(shape(body), ['Look\n\n[image omitted]', 'A cat', 'And?']);
  },
  CAPABLE,
);

pageTest(
  'an export carries images and PDFs, and an import encodes the images again',
  async ({ page, gateway }) => {
    await attach(page, await picture(page, { width: 400, height: 200, name: 'cat.jpg' }));
    await attach(page, pdf(2), 2);
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'A cat');
    const archive = JSON.parse(await exportedText(page));
    const { attachments } = archive.conversations[0].messages.find(
      (/** @type {any} */ { role }) => role === 'user',
    );
    const [image, file] = attachments;
    assert.deepEqual([archive.version, image.name, file.pages], [3, 'cat.jpg', 2]);

    // What a hostile archive can have: metadata, another type, and an SVG as an image.
    const photo = withExif({ name: '', mimeType: '', buffer: Buffer.from(image.data, 'base64') });
    image.data = photo.buffer.toString('base64');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64');
    attachments.push({ ...image, id: 'svg', data: svg });
    await page.keyboard.press('Escape');
    await removeConversation(page);
    const status = await importFiles(page, {
      name: 'all.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(archive)),
    });
    await status.getByText('1 image or other file left out.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('navigation').getByRole('link', { name: 'Look' }).click();
    await page.getByRole('button', { name: 'Show cat.jpg' }).waitFor();
    assert.deepEqual(await naturalSize(page), [200, 400]);
    await page.reload();
    await page.getByRole('button', { name: 'Show cat.jpg' }).waitFor();
    await sendMessage(page, 'And?');
    const { body } = await gateway.nextExchange();
    assert.deepEqual(shape(body)[0], ['Look', 'image', 'file']);
    const sent = bytesOf(body.messages[0].content[1].image_url);
    assert.equal(sent.includes('GPS') || sent.includes('Exif'), false);
    assert.deepEqual(bytesOf(body.messages[0].content[2].file_data), pdf(2).buffer);
  },
  CAPABLE,
);

/** The archive of all conversations. @param {Page} page */
async function exportedText(page) {
  await page.getByRole('button', { name: 'Settings' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export all' }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

pageTest(
  'an image is not left out while the gateway does not say what it takes',
  async ({ page, gateway }) => {
    await attach(page, await picture(page));
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'A cat');
    const models = '**/v1/models';
    await page.route(models, route => route.abort());
    await page.reload();
    await sendMessage(page, 'What kind?');
    const retry = page.getByRole('button', { name: 'Retry' });
    await retry.waitFor();
    await page.unroute(models);
    await retry.click();
    const { body } = await completeAnswer(page, gateway, 'A tabby');
    assert.deepEqual(shape(body), [['Look', 'image'], 'A cat', 'What kind?']);
  },
  CAPABLE,
);

pageTest(
  'what is attached while an answer is written and another model is chosen stays attached',
  async ({ page, gateway }) => {
    await sendMessage(page, 'One');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('Answer');
    await attach(page, await picture(page, { name: 'cat.jpg' }));
    exchange.complete();
    await page.getByRole('button', { name: 'Regenerate' }).waitFor();
    await page.getByRole('combobox', { name: 'Model' }).selectOption('Fast');
    await untilAttached(page, 1);
    await sendMessage(page, 'Look');
    const { body } = await gateway.nextExchange();
    assert.deepEqual([body.model, ...shape(body)], ['fast', 'One', 'Answer', ['Look', 'image']]);
  },
  { ...CAPABLE, models: [{ id: 'gpt-a' }, { id: 'fast', label: 'Fast' }] },
);
