import assert from 'node:assert/strict';
import { attach, CAPABLE, shape, untilAttached } from '../support/attach.js';
import { axeViolations } from '../support/axe-violations.js';
import {
  animationsFinished,
  completeAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';
import { pdf, picture } from '../support/pictures.js';

/** @import { Page } from 'playwright-core' */
/** @import { UploadedFile } from '../support/pictures.js' */

pageTest(
  'a pasted image is attached and announced, and its description is its text',
  async ({ page, gateway }) => {
    const announcements = await recordAnnouncements(page);
    await page.locator('textarea').focus();
    await transfer(page, 'textarea', 'paste', await picture(page, { name: 'image.png' }));
    await announcements.waitFor('1 image attached');
    await untilAttached(page, 1);
    await page.getByRole('button', { name: 'Show image.png' }).click();
    await page.getByRole('textbox', { name: 'Description' }).fill('A red and blue flag');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'A flag');
    await page.getByRole('img', { name: 'A red and blue flag' }).waitFor();
  },
  CAPABLE,
);

pageTest(
  'an image dropped anywhere is attached, together with a text file',
  async ({ page }) => {
    const text = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('milk') };
    await transfer(page, '#title', 'drop', await picture(page), text);
    await untilAttached(page, 1);
    await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('milk'));
  },
  CAPABLE,
);

pageTest(
  'the keyboard alone chooses, shows, describes, removes and sends an image',
  async ({ page, gateway }) => {
    const announcements = await recordAnnouncements(page);
    const file = await picture(page, { name: 'cat.jpg' });
    await page.locator('textarea').focus();
    const choosing = page.waitForEvent('filechooser');
    await tabTo(page, 'button[name=attach]');
    assert.equal(
      await page.locator('button[name=attach]').getAttribute('aria-label'),
      'Attach images, a PDF, text files',
    );
    await page.keyboard.press('Enter');
    await (await choosing).setFiles([file, { ...file, name: 'dog.jpg' }]);
    await announcements.waitFor('2 images attached');
    await page.locator('textarea').focus();
    await tabTo(page, '#attached li:nth-child(2) .attachment-remove', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await announcements.waitFor('dog.jpg removed');
    await focused(page, '#attached button');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'cat.jpg' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await focused(page, '#attached button');
    await page.locator('textarea').focus();
    await page.keyboard.type('Look');
    await page.keyboard.press('Enter');
    const exchange = await completeAnswer(page, gateway, 'A cat');
    assert.deepEqual(shape(exchange.body), [['Look', 'image']]);

    await page.locator('#thread').focus();
    await tabTo(page, 'article .attachment-image');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'cat.jpg' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await focused(page, 'article .attachment-image');
  },
  CAPABLE,
);

for (const colorScheme of /** @type {const} */ (['light', 'dark']))
  pageTest(
    `axe finds nothing with attachments and their dialog, in the ${colorScheme} theme at 320 pixels`,
    async ({ page, gateway }) => {
      await attach(page, await picture(page, { width: 300, height: 900 }));
      await attach(page, pdf(3, `${'a-long-name-'.repeat(12)}.pdf`), 2);
      await animationsFinished(page);
      assert.deepEqual(await axeViolations(page), []);
      await sendMessage(page, 'Look');
      await completeAnswer(page, gateway, 'A flag');
      await page.locator('article .attachment-image').waitFor();
      await attach(page, await picture(page));
      await animationsFinished(page);
      assert.deepEqual(await axeViolations(page), []);
      await page.locator('article .attachment-image').click();
      await page.getByRole('dialog').waitFor();
      await animationsFinished(page);
      assert.deepEqual(await axeViolations(page), []);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(width, 320);
      const { right } = await page.evaluate(() => {
        const images = document.querySelector('article .attachment-images');
        return /** @type {Element} */ (images).getBoundingClientRect();
      });
      const bubble = await page.locator('article .turn-text').first().boundingBox();
      assert.ok(bubble && Math.abs(bubble.x + bubble.width - right) < 1, 'aligned with the text');
    },
    { ...CAPABLE, colorScheme, viewport: { width: 320, height: 640 } },
  );

pageTest(
  'a touch screen has a button for the camera',
  async ({ page: desktop, gateway }) => {
    const options = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } };
    const context = await desktop.context().browser()?.newContext(options);
    const page = await context?.newPage();
    if (!page) throw new Error('the browser was closed');
    await page.goto(gateway.url);
    await page.locator('textarea').tap();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Take a photo' }).tap();
    const chooser = await choosing;
    assert.equal(await chooser.element().getAttribute('capture'), 'environment');
    await chooser.setFiles(await picture(page));
    await untilAttached(page, 1);
    await page.locator('textarea').fill('Look');
    await page.getByRole('button', { name: 'Send' }).tap();
    assert.deepEqual(shape((await gateway.nextExchange()).body), [['Look', 'image']]);
    await context?.close();
    assert.equal(await desktop.getByRole('button', { name: 'Take a photo' }).count(), 0);
  },
  CAPABLE,
);

pageTest(
  'a message is not sent before its image is ready',
  async ({ page, gateway }) => {
    await page.route('**/assets/image-worker-*.js', async route => {
      await page.locator('#attached [aria-label="Preparing picture.jpg"]').waitFor();
      await sendMessage(page, 'Look');
      assert.equal(await page.locator('#send').getAttribute('aria-disabled'), 'true');
      await route.continue();
    });
    await attach(page, await picture(page));
    assert.equal(gateway.exchanges.length, 0);
    await page.keyboard.press('Enter');
    assert.deepEqual(shape((await gateway.nextExchange()).body), [['Look', 'image']]);
  },
  CAPABLE,
);

pageTest(
  'the images of a reloaded conversation move nothing when they are drawn',
  async ({ page, gateway }) => {
    for (const at of [1, 2, 3]) await attach(page, await picture(page), at);
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'Three flags');
    /** @type {() => void} */
    let arrive = () => {};
    const arrival = new Promise(resolve => {
      arrive = () => resolve(undefined);
    });
    await page.route('**/assets/turn-attachments-*.js', route =>
      arrival.then(() => route.continue()),
    );
    await page.reload();
    const answer = page.getByText('Three flags');
    await answer.waitFor();
    const before = await answer.boundingBox();
    arrive();
    await page.locator('article .attachment-image').nth(2).waitFor();
    assert.deepEqual(await answer.boundingBox(), before);
  },
  CAPABLE,
);

pageTest(
  'the addresses of images are revoked once they are drawn',
  async ({ page, gateway }) => {
    await page.addInitScript(() => {
      const open = new Set();
      const { createObjectURL, revokeObjectURL } = URL;
      URL.createObjectURL = blob => {
        const url = createObjectURL(blob);
        open.add(url);
        return url;
      };
      URL.revokeObjectURL = url => {
        open.delete(url);
        revokeObjectURL(url);
      };
      Object.assign(window, { openUrls: open });
    });
    await page.reload();
    await page.locator('textarea').focus();
    await attach(page, await picture(page));
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'A flag');
    await page.locator('article .attachment-image').click();
    await page.waitForFunction(() => {
      const image = /** @type {HTMLImageElement | null} */ (document.querySelector('dialog img'));
      return image?.complete && Reflect.get(window, 'openUrls').size === 0;
    });
  },
  CAPABLE,
);

pageTest(
  'print has the images',
  async ({ page, gateway }) => {
    await attach(page, await picture(page));
    await sendMessage(page, 'Look');
    await completeAnswer(page, gateway, 'A flag');
    await page.locator('article img').waitFor();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('article img').isVisible(), true);
    assert.equal(await page.getByRole('button', { name: 'Copy message' }).isVisible(), false);
  },
  CAPABLE,
);

/**
 * Pastes or drops files.
 * @param {Page} page
 * @param {string} selector
 * @param {'paste' | 'drop'} type
 * @param {UploadedFile[]} files
 */
async function transfer(page, selector, type, ...files) {
  const texts = files.map(({ buffer, ...file }) => ({
    ...file,
    base64: buffer.toString('base64'),
  }));
  await page.evaluate(
    ({ selector, type, texts }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of texts) {
        const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      const options = { bubbles: true, cancelable: true };
      const event =
        type === 'paste'
          ? new ClipboardEvent('paste', { ...options, clipboardData: data })
          : new DragEvent('drop', { ...options, dataTransfer: data });
      document.querySelector(selector)?.dispatchEvent(event);
    },
    { selector, type, texts },
  );
}

/**
 * @param {Page} page
 * @param {string} selector
 * @param {'Tab' | 'Shift+Tab'} key
 */
async function tabTo(page, selector, key = 'Tab') {
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press(key);
    if (await page.evaluate(selector => document.activeElement?.matches(selector), selector))
      return;
  }
  assert.fail(`the focus does not reach ${selector}`);
}

/**
 * Waits until an element has the focus.
 * @param {Page} page
 * @param {string} selector
 */
function focused(page, selector) {
  return page.waitForFunction(selector => document.activeElement?.matches(selector), selector);
}
