import assert from 'node:assert/strict';
import { CAPABLE, shape, untilAttached } from '../support/attach.js';
import {
  completeAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';
import { picture } from '../support/pictures.js';
import { removeConversation, storedNames, untilStored } from '../support/stored-images.js';

/** @import { Page } from 'playwright-core' */

pageTest(
  'a message waits for an image until the gateway says whether it takes it',
  async ({ page, gateway }) => {
    const file = await picture(page);
    const announce = await delayedModels(page);
    await page.locator('input[name=files]').setInputFiles(file);
    await sendMessage(page, 'Look');
    assert.equal(await page.locator('#send').getAttribute('aria-disabled'), 'true');
    assert.equal(await page.locator('textarea').inputValue(), 'Look');
    announce();
    await untilAttached(page, 1);
    assert.equal(gateway.exchanges.length, 0);
    await page.locator('#send[aria-disabled=false]').click();
    assert.deepEqual(shape((await gateway.nextExchange()).body), [['Look', 'image']]);
  },
  CAPABLE,
);

pageTest(
  'an image belongs to the conversation it was chosen in',
  async ({ page, gateway }) => {
    await sendMessage(page, 'One');
    await completeAnswer(page, gateway, 'Answer');
    const url = page.url();
    const file = await picture(page);
    const announce = await delayedModels(page);
    await page.getByText('Answer').waitFor();
    await page.locator('input[name=files]').setInputFiles(file);
    await page.locator('#new-chat').click();
    await page.getByText('What can I help with?').waitFor();
    await page.locator('textarea').fill('Two');
    assert.equal(await page.locator('#send').getAttribute('aria-disabled'), 'false');
    announce();
    await untilStored(page, ['picture.jpg']);
    assert.equal(await page.locator('#attached li').count(), 0);
    await page.goto(url);
    await untilAttached(page, 1);
    await sendMessage(page, 'Look');
    assert.deepEqual(shape((await gateway.nextExchange()).body).at(-1), ['Look', 'image']);
  },
  CAPABLE,
);

pageTest(
  'an image that is ready after its conversation was deleted is not stored',
  async ({ page, gateway }) => {
    await sendMessage(page, 'One');
    await completeAnswer(page, gateway, 'Answer');
    await page.route('**/assets/image-worker-*.js', async route => {
      await removeConversation(page);
      await page.getByRole('button', { name: 'Undo' }).waitFor();
      await route.continue();
    });
    const announcements = await recordAnnouncements(page);
    await page.locator('input[name=files]').setInputFiles(await picture(page));
    await announcements.waitFor('1 image attached');
    await page.locator('textarea').fill('Two');
    await page.reload();
    await page.locator('textarea').focus();
    assert.equal(await page.evaluate(storedNames, []), true);
  },
  CAPABLE,
);

pageTest(
  'an image that hangs its worker is named, and the next one is attached',
  async ({ page }) => {
    const files = [
      await picture(page, { name: 'cat.jpg' }),
      await picture(page, { name: 'dog.jpg' }),
    ];
    await page.clock.install();
    const hanging = { contentType: 'text/javascript', body: '' };
    await page.route('**/assets/image-worker-*.js', route => route.fulfill(hanging), { times: 1 });
    const requested = page.waitForRequest('**/assets/image-worker-*.js');
    await page.locator('input[name=files]').setInputFiles(files);
    await requested;
    await page.clock.runFor(30_000);
    await page.locator('#not-attached', { hasText: 'cat.jpg was not attached' }).waitFor();
    await untilAttached(page, 1);
    await page.locator('#attached [aria-label="Remove dog.jpg"]').waitFor();
    await page.locator('textarea').fill('Look');
    await page.locator('#send[aria-disabled=false]').waitFor();
  },
  CAPABLE,
);

/** Reloads the page, to which the gateway says what it takes only when the test does. @param {Page} page */
async function delayedModels(page) {
  /** @type {() => void} */
  let announce = () => {};
  const announced = new Promise(resolve => {
    announce = () => resolve(undefined);
  });
  await page.route('**/v1/models', route => announced.then(() => route.continue()));
  await page.reload();
  return announce;
}
