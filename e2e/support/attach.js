/** @import { Page } from 'playwright-core' */
/** @import { HttpExchange } from './http-exchange.js' */
/** @import { UploadedFile } from './pictures.js' */

/** For tests with a gateway that takes images and PDFs. */
export const CAPABLE = { capabilities: ['resume', 'images', 'files'] };

/**
 * Chooses a file, and waits until it is attached.
 * @param {Page} page
 * @param {UploadedFile} file
 * @param {number} [count]  of what is attached then
 */
export async function attach(page, file, count = 1) {
  await page.locator('input[name=files]').setInputFiles(file);
  await untilAttached(page, count);
}

/**
 * Waits until so many are attached to the message in the composer.
 * @param {Page} page
 * @param {number} count
 */
export async function untilAttached(page, count) {
  await page.waitForFunction(
    count =>
      document.querySelectorAll('#attached li').length === count &&
      document.querySelectorAll('#attached .attachment-remove').length === count,
    count,
  );
}

/** The contents of a request, each part as its kind. @param {HttpExchange['body']} body */
export function shape(body) {
  return body.messages.map((/** @type {any} */ { content }) =>
    typeof content === 'string'
      ? content
      : content.map((/** @type {any} */ { type, text }) => text ?? type.slice('input_'.length)),
  );
}
