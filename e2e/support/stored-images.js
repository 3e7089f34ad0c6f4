/** @import { Page } from 'playwright-core' */

/** @param {Page} page */
export async function removeConversation(page) {
  await page.locator('#conversation-list [id^=more-]').click();
  await page.locator('#conversation-list [id^=remove-]').click();
}

/**
 * @param {Page} page
 * @param {string} name
 */
export async function takeOut(page, name) {
  await page.getByRole('button', { name: `Show ${name}` }).click();
  await page.getByRole('button', { name: 'Take out of this conversation' }).click();
}

/** The size of the image of a turn, once it is decoded. @param {Page} page */
export async function naturalSize(page) {
  await page.waitForFunction(() => {
    const image = document.querySelector('article img');
    return image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0;
  });
  return page.evaluate(() => {
    const image = /** @type {HTMLImageElement} */ (document.querySelector('article img'));
    return [image.naturalWidth, image.naturalHeight];
  });
}

/**
 * Waits until the database has these images. Not with `waitForFunction`, which does not await a promise.
 * @param {Page} page
 * @param {string[]} expected
 */
export async function untilStored(page, expected) {
  while (!(await page.evaluate(storedNames, expected))) await page.evaluate(nextFrame);
}

/** Runs in the page. */
function nextFrame() {
  return new Promise(requestAnimationFrame);
}

/** Runs in the page: whether the database has these images. @param {string[]} expected */
export async function storedNames(expected) {
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
