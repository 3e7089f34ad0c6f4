import assert from 'node:assert/strict';
import { attach, CAPABLE, shape, untilAttached } from '../support/attach.js';
import { completeAnswer, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';
import { pdf, picture } from '../support/pictures.js';
import {
  naturalSize,
  removeConversation,
  storedNames,
  takeOut,
  untilStored,
} from '../support/stored-images.js';

/** @import { Route } from 'playwright-core' */

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
  'a message waits for the images that were attached before a reload',
  async ({ page, gateway }) => {
    await attach(page, await picture(page));
    await untilStored(page, ['picture.jpg']);
    const held = async (/** @type {Route} */ route) => {
      await sendMessage(page, 'Look');
      assert.equal(await page.locator('#send').getAttribute('aria-disabled'), 'true');
      await route.continue();
    };
    await page.route('**/assets/attachment-tray-*.js', held, { times: 1 });
    await page.reload();
    await untilAttached(page, 1);
    await page.locator('#send[aria-disabled=false]').click();
    const { body } = await completeAnswer(page, gateway, 'A cat');
    assert.deepEqual(shape(body), [['Look', 'image']]);
    await page.reload();
    await page.getByRole('button', { name: 'Show picture.jpg' }).waitFor();
    await sendMessage(page, 'And?');
    assert.deepEqual(shape((await gateway.nextExchange()).body).at(-1), 'And?');
  },
  CAPABLE,
);

pageTest(
  'a message waits for its images after a part of the page could not be loaded',
  async ({ page, gateway }) => {
    await attach(page, await picture(page));
    await untilStored(page, ['picture.jpg']);
    const tray = '**/assets/attachment-tray-*.js';
    await page.route(tray, route => route.abort());
    await page.reload();
    await page.getByText('A part of this page could not be loaded.').waitFor();
    await sendMessage(page, 'Look');
    assert.equal(await page.locator('#send').getAttribute('aria-disabled'), 'true');
    await page.unroute(tray);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await untilAttached(page, 1);
    await page.locator('#send[aria-disabled=false]').click();
    assert.deepEqual(shape((await gateway.nextExchange()).body), [['Look', 'image']]);
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
    await page.getByRole('button', { name: 'Stop' }).waitFor(); // the answer is read on
    await page.locator('textarea').press('Enter');
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
  'the image of a message that was sent from another conversation is not attached again',
  async ({ page, gateway }) => {
    await sendMessage(page, 'One');
    const first = await gateway.nextExchange();
    first.sendDelta('Answer');
    await attach(page, await picture(page, { name: 'cat.jpg' }));
    await sendMessage(page, 'Look');
    await page.locator('#waiting').getByText('cat.jpg').waitFor();
    await page.keyboard.press('Control+Shift+O');
    await page.getByText('What can I help with?').waitFor();
    first.complete();
    const second = await gateway.nextExchange();
    assert.deepEqual(shape(second.body).at(-1), ['Look', 'image']);
    second.sendDelta('A cat');
    second.complete();
    await untilStored(page, ['cat.jpg']);

    await page.reload();
    await page.getByRole('link', { name: 'One' }).click();
    await page.getByRole('button', { name: 'Show cat.jpg' }).waitFor();
    assert.equal(await page.locator('#attached li').count(), 0);
  },
  CAPABLE,
);

pageTest(
  'what was attached in a deleted conversation stays gone while another one goes on',
  async ({ page, gateway }) => {
    await sendMessage(page, 'One');
    await completeAnswer(page, gateway, 'Answer');
    await attach(page, await picture(page, { name: 'draft.jpg' }));
    await untilStored(page, ['draft.jpg']);
    await removeConversation(page);
    await untilStored(page, []);
    await sendMessage(page, 'Two');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('An');
    await lastAnswer(page).getByText('An').waitFor();
    await sendMessage(page, 'Three');
    await page.locator('#waiting').getByText('Three').waitFor();
    exchange.sendDelta('swer');
    exchange.complete();
    await completeAnswer(page, gateway, 'Last');
    await page.reload();
    await lastAnswer(page).getByText('Last').waitFor();
    assert.equal(await page.evaluate(storedNames, []), true);
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
    await untilStored(page, []);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Show cat.jpg' }).waitFor();
    await untilStored(page, ['cat.jpg', 'draft.jpg']);
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
