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

/** @import { Page } from 'playwright-core' */

pageTest(
  'images and PDFs survive a reload, and are sent with the next question',
  async ({ page, gateway }) => {
    await attach(page, await picture(page, { name: 'cat.jpg' }));
    await attach(page, pdf(2), 2);
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'A cat');
    await page.reload();
    await page.getByRole('button', { name: 'Show cat.jpg' }).waitFor();
    await page.getByRole('button', { name: 'report.pdf' }).waitFor();
    assert.deepEqual(await naturalSize(page), [80, 40]);
    await sendMessage(page, 'And?');
    const { body } = await gateway.nextExchange();
    assert.deepEqual(shape(body), [['Look', 'image', 'file'], 'A cat', 'And?']);
  },
  CAPABLE,
);

pageTest(
  'what is attached to a draft survives a reload, and belongs to its conversation',
  async ({ page, gateway }) => {
    await sendMessage(page, 'One');
    await completeAnswer(page, gateway, 'Answer');
    const url = page.url();
    await attach(page, await picture(page, { name: 'cat.jpg' }));
    await page.locator('#new-chat').click();
    await untilAttached(page, 0);
    await attach(page, pdf());
    await page.goto(url);
    await untilAttached(page, 1);
    await page.locator('#attached [aria-label="Remove cat.jpg"]').waitFor();
    await page.reload();
    await untilAttached(page, 1);
    await sendMessage(page, 'Look');
    const { body } = await gateway.nextExchange();
    assert.deepEqual(shape(body).at(-1), ['Look', 'image']);
    await untilAttached(page, 0);
    await page.locator('#new-chat').click();
    await page.locator('#attached [aria-label="Remove report.pdf"]').waitFor();
  },
  CAPABLE,
);

pageTest(
  'a message with an image waits for the end of an answer, also over a reload',
  async ({ page, gateway }) => {
    await sendMessage(page, 'One');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('Answer');
    await attach(page, await picture(page, { name: 'cat.jpg' }));
    await sendMessage(page, 'Look');
    await page.locator('#waiting').getByText('cat.jpg').waitFor();
    await untilAttached(page, 0);
    await page.locator('#waiting').getByRole('button', { name: 'Edit' }).click();
    await untilAttached(page, 1);
    await page.keyboard.press('Enter');
    await page.locator('#waiting').getByText('cat.jpg').waitFor();
    await page.reload();
    await untilAttached(page, 1);
    await page.keyboard.press('Enter');
    await page.locator('#waiting').getByText('cat.jpg').waitFor();
    exchange.complete();
    const { body } = await gateway.nextExchange();
    assert.deepEqual(shape(body), ['One', 'Answer', ['Look', 'image']]);
  },
  CAPABLE,
);

pageTest(
  'the image of a waiting message is attached again if the answer fails',
  async ({ page, gateway }) => {
    await sendMessage(page, 'One');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('Answ');
    await attach(page, await picture(page, { name: 'cat.jpg' }));
    await sendMessage(page, 'Look');
    await page.locator('#waiting').getByText('cat.jpg').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await untilAttached(page, 1);
    assert.equal(await page.locator('textarea').inputValue(), 'Look');
  },
  CAPABLE,
);

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
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Show cat.jpg' }).waitFor();
    await takeOut(page, 'cat.jpg');
    await page.getByText('Taken out of this conversation', { exact: true }).waitFor();
    await sendMessage(page, 'And?');
    const exchange = await completeAnswer(page, gateway, 'Nothing');
    assert.deepEqual(shape(exchange.body), ['Look', 'A cat', 'And?']);
    await page.reload();
    await page.getByText('Taken out of this conversation', { exact: true }).waitFor();
    await page.waitForFunction(storedNames, [], { polling: 100 });
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
  'the images of a deleted conversation are gone, and Undo brings them back',
  async ({ page, gateway }) => {
    await attach(page, await picture(page, { name: 'cat.jpg' }));
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'A cat');
    await attach(page, await picture(page, { name: 'draft.jpg' }));
    await removeConversation(page);
    await page.waitForFunction(storedNames, [], { polling: 100 });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Show cat.jpg' }).waitFor();
    await page.waitForFunction(storedNames, ['cat.jpg', 'draft.jpg'], { polling: 100 });
    assert.deepEqual(await naturalSize(page), [80, 40]);

    await page.reload();
    await page.getByRole('button', { name: 'Show cat.jpg' }).waitFor();
    assert.deepEqual(await naturalSize(page), [80, 40]);
  },
  CAPABLE,
);

pageTest(
  'another tab shows the image of a question, and that it was taken out',
  async ({ page, gateway }) => {
    await sendMessage(page, 'One');
    await completeAnswer(page, gateway, 'Answer');
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.locator('textarea').focus();
    await lastAnswer(other).getByText('Answer').waitFor();
    await attach(page, await picture(page, { name: 'cat.jpg' }));
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'A cat');
    await other.getByRole('button', { name: 'Show cat.jpg' }).waitFor();
    assert.deepEqual(await naturalSize(other), [80, 40]);
    await takeOut(page, 'cat.jpg');
    await other.getByText('Taken out of this conversation', { exact: true }).waitFor();
    await sendMessage(other, 'And?');
    const { body } = await gateway.nextExchange();
    assert.deepEqual(shape(body), ['One', 'Answer', 'Look', 'A cat', 'And?']);
  },
  CAPABLE,
);

pageTest(
  'a full storage is said, and the message with its image is sent',
  async ({ page, gateway }) => {
    const session = await page.context().newCDPSession(page);
    const { origin } = new URL(page.url());
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 300_000 });
    const noise = { width: 900, height: 900, noise: true };
    await attach(page, await picture(page, noise));
    await page.getByText('no more room for conversations').waitFor();
    await sendMessage(page, 'Look');
    const exchange = await completeAnswer(page, gateway, 'Noise');
    assert.deepEqual(shape(exchange.body), [['Look', 'image']]);
    await page.getByRole('button', { name: /^Show picture/ }).waitFor();
  },
  CAPABLE,
);

pageTest(
  'without a database images are kept until the page is closed',
  async ({ page, gateway }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('refused', 'SecurityError');
      };
    });
    await page.reload();
    await page.locator('textarea').focus();
    await page.getByText('does not let us save conversations').waitFor();
    await attach(page, await picture(page));
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'A cat');
    await sendMessage(page, 'And?');
    const { body } = await gateway.nextExchange();
    assert.deepEqual(shape(body), [['Look', 'image'], 'A cat', 'And?']);
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

/**
 * @param {Page} page
 * @param {string} name
 */
async function takeOut(page, name) {
  await page.getByRole('button', { name: `Show ${name}` }).click();
  await page.getByRole('button', { name: 'Take out of this conversation' }).click();
}

/** @param {Page} page */
async function removeConversation(page) {
  await page.locator('#conversation-list [id^=more-]').click();
  await page.locator('#conversation-list [id^=remove-]').click();
}

/** The size of the image of a turn, once it is decoded. @param {Page} page */
async function naturalSize(page) {
  await page.waitForFunction(() => {
    const image = document.querySelector('article img');
    return image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0;
  });
  return page.evaluate(() => {
    const image = /** @type {HTMLImageElement} */ (document.querySelector('article img'));
    return [image.naturalWidth, image.naturalHeight];
  });
}

/** Runs in the page: whether the database has these images. @param {string[]} expected */
async function storedNames(expected) {
  const request = indexedDB.open('minimal-chatbot');
  await new Promise(resolve => {
    request.onsuccess = resolve;
  });
  const transaction = request.result.transaction(['messages', 'drafts']);
  const stores = ['messages', 'drafts'].map(name => transaction.objectStore(name).getAll());
  await new Promise(resolve => {
    transaction.oncomplete = resolve;
  });
  request.result.close();
  const records = stores.flatMap(({ result }) => result);
  const found = records.flatMap(({ attachments = [] }) => attachments).map(({ name }) => name);
  return JSON.stringify(found.sort()) === JSON.stringify(expected);
}
