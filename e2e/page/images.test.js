import assert from 'node:assert/strict';
import { attach, CAPABLE, shape } from '../support/attach.js';
import {
  completeAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';
import {
  animatedGif,
  bmp,
  bytesOf,
  decoded,
  heic,
  pdf,
  picture,
  withExif,
} from '../support/pictures.js';

/** @import { Page } from 'playwright-core' */
/** @import { UploadedFile } from '../support/pictures.js' */

const LEFT_AND_RIGHT = /** @type {[number, number][]} */ ([
  [0.1, 0.5],
  [0.9, 0.5],
]);

pageTest(
  'a photo is sent upright and without its metadata',
  async ({ page, gateway }) => {
    const photo = withExif(await picture(page, { width: 400, height: 200, name: 'IMG_1.jpg' }));
    assert.ok(photo.buffer.includes('GPS-48.1374'));
    await attach(page, photo);
    await sendMessage(page, 'Where is this?');
    const { body } = await gateway.nextExchange();
    const [text, image, ...rest] = body.messages[0].content;
    assert.deepEqual(text, { type: 'input_text', text: 'Where is this?' });
    assert.deepEqual([image.type, image.detail, rest.length], ['input_image', 'auto', 0]);
    const sent = bytesOf(image.image_url);
    for (const secret of ['Exif', 'GPS', 'IMG_1']) assert.equal(sent.includes(secret), false);
    const { width, height, colours } = await decoded(page, image.image_url, [
      [0.5, 0.1],
      [0.5, 0.9],
    ]);
    assert.deepEqual([width, height, colours], [200, 400, ['red', 'blue']]);
  },
  CAPABLE,
);

pageTest(
  'a photo of 12 megapixels is sent with 1600 pixels, and a page of noise fits',
  async ({ page, gateway }) => {
    await attach(page, await picture(page, { width: 4000, height: 3000 }));
    await attach(page, await picture(page, { width: 1600, height: 1600, noise: true }), 2);
    await sendMessage(page, 'Look');
    const { body } = await gateway.nextExchange();
    const [, photo, noise] = body.messages[0].content;
    const { width, height } = await decoded(page, photo.image_url);
    assert.deepEqual([width, height], [1600, 1200]);
    assert.ok(noise.image_url.length <= 1_572_864, `${noise.image_url.length} characters`);
  },
  CAPABLE,
);

pageTest(
  'a transparent picture stays a PNG, and one that is too large is flattened on white',
  async ({ page, gateway }) => {
    const type = /** @type {const} */ ('image/png');
    await attach(page, await picture(page, { type, transparent: true }));
    const noise = { width: 900, height: 900, type, transparent: true, noise: true };
    await attach(page, await picture(page, noise), 2);
    await sendMessage(page, 'Look');
    const { body } = await gateway.nextExchange();
    const [, small, large] = body.messages[0].content;
    assert.match(small.image_url, /^data:image\/png;/);
    const { colours } = await decoded(page, small.image_url, LEFT_AND_RIGHT);
    assert.deepEqual(colours, ['red', 'none']);
    assert.match(large.image_url, /^data:image\/jpeg;/);
    assert.ok(large.image_url.length <= 1_572_864);
  },
  CAPABLE,
);

for (const [what, make] of /** @type {[string, (page: Page) => Promise<UploadedFile>][]} */ ([
  ['a WebP', page => picture(page, { type: 'image/webp' })],
  ['an opaque PNG', page => picture(page, { type: 'image/png' })],
  ['a BMP', async () => bmp()],
  [
    'a JPEG with the name and type of a text',
    async page => ({ ...(await picture(page)), name: 'notes.txt', mimeType: 'text/plain' }),
  ],
])) {
  pageTest(
    `${what} is sent as JPEG`,
    async ({ page, gateway }) => {
      await attach(page, await make(page));
      await sendMessage(page, 'Look');
      const { body } = await gateway.nextExchange();
      const { image_url: url } = body.messages[0].content[1];
      assert.match(url, /^data:image\/jpeg;/);
      const { colours } = await decoded(page, url, LEFT_AND_RIGHT);
      assert.deepEqual(colours, ['red', 'blue']);
    },
    CAPABLE,
  );
}

pageTest(
  'an image is not called damaged when the script that reads it is not loaded',
  async ({ page }) => {
    await page.route(/image-worker/, route => route.abort());
    await page.locator('input[name=files]').setInputFiles(animatedGif());
    await page.getByText('a part of this page could not be loaded. Please try again.').waitFor();
    await page.unroute(/image-worker/);
    await attach(page, animatedGif());
    await page.locator('#attached img').waitFor();
  },
  CAPABLE,
);

pageTest(
  'of an animated GIF the first frame is sent',
  async ({ page, gateway }) => {
    await attach(page, animatedGif());
    await sendMessage(page, 'Look');
    const { body } = await gateway.nextExchange();
    const { image_url: url } = body.messages[0].content[1];
    assert.match(url, /^data:image\/jpeg;/);
    assert.deepEqual((await decoded(page, url, [[0, 0]])).colours, ['red']);
  },
  CAPABLE,
);

for (const [
  what,
  make,
  sentence,
] of /** @type {[string, (page: Page) => Promise<UploadedFile>, string][]} */ ([
  ['a HEIC', async () => heic(), 'This browser cannot read HEIC: please send IMG_1.HEIC as JPEG.'],
  [
    'half a JPEG header',
    async () => file('holiday.jpg', 'image/jpeg', '\xff\xd8\xff\xe0broken'),
    'holiday.jpg is damaged: this browser cannot read it.',
  ],
  [
    'an SVG that calls itself PNG',
    async () => file('a.png', 'image/png', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    'a.png is an SVG, which cannot be sent as an image. Please send it as PNG or JPEG.',
  ],
  [
    'a TIFF',
    async () => file('scan.tiff', 'image/tiff', 'II*\0\x08\0\0\0\0\0'),
    'scan.tiff is not an image in JPEG, PNG, GIF, WebP, AVIF, HEIC or BMP.',
  ],
  [
    'a PDF of more than 3 MB',
    async () => file('book.pdf', 'application/pdf', `%PDF-1.4${' '.repeat(3 * 1024 * 1024)}`),
    'book.pdf is larger than 3 MB.',
  ],
])) {
  pageTest(
    `${what} is refused with a sentence, and the draft stays`,
    async ({ page }) => {
      await page.locator('textarea').fill('Mine');
      await page.locator('input[name=files]').setInputFiles(await make(page));
      await page.locator('#dock').getByRole('alert').getByText(sentence, { exact: true }).waitFor();
      assert.equal(await page.locator('textarea').inputValue(), 'Mine');
      assert.equal(await page.locator('#attached li').count(), 0);
    },
    CAPABLE,
  );
}

pageTest(
  'an SVG file is text',
  async ({ page }) => {
    const announcements = await recordAnnouncements(page);
    const svg = file('logo.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>\n');
    await page.locator('input[name=files]').setInputFiles(svg);
    await announcements.waitFor('1 file attached');
    assert.match(await page.locator('textarea').inputValue(), /^logo\.svg:\n/);
  },
  CAPABLE,
);

pageTest(
  'of twenty images and two PDFs as many are attached as fit, and a sentence says what was left',
  async ({ page, gateway }) => {
    const one = await picture(page);
    const images = Array.from({ length: 20 }, (_, at) => ({ ...one, name: `${at}.jpg` }));
    await page.locator('input[name=files]').setInputFiles([...images, pdf(3), pdf(1, 'b.pdf')]);
    const alert = page.locator('#dock').getByRole('alert');
    await alert.getByText('At most 4 images fit into a message: 16 images left out.').waitFor();
    await alert.getByText('One PDF fits into a message: 1 PDF left out.').waitFor();
    await page.getByText(/ KB · 3 pages|bytes · 3 pages/).waitFor();
    await sendMessage(page, 'Look');
    const { body } = await gateway.nextExchange();
    const types = body.messages[0].content.map((/** @type {any} */ part) => part.type);
    assert.deepEqual(types, ['input_text', ...Array(4).fill('input_image'), 'input_file']);
    const sentPdf = body.messages[0].content[5];
    assert.equal(sentPdf.filename, 'report.pdf');
    assert.deepEqual(bytesOf(sentPdf.file_data), pdf(3).buffer);
    assert.match(sentPdf.file_data, /^data:application\/pdf;base64,/);
  },
  CAPABLE,
);

pageTest(
  'an image can be sent without a text',
  async ({ page, gateway }) => {
    await attach(page, await picture(page, { name: 'cat.jpg' }));
    await page.locator('textarea').focus();
    await page.keyboard.press('Enter');
    const exchange = await completeAnswer(page, gateway, 'A cat');
    const types = exchange.body.messages[0].content.map((/** @type {any} */ part) => part.type);
    assert.deepEqual(types, ['input_image']);
    assert.equal(await page.title(), 'cat.jpg – Minimal Chatbot');
    assert.equal(await page.locator('article[data-role=user] .turn-text').isVisible(), false);
  },
  CAPABLE,
);

pageTest(
  'the newest images of the last two questions are sent, and the page shows which are not',
  async ({ page, gateway }) => {
    for (const [at, text] of ['One', 'Two', 'Three'].entries()) {
      await attach(page, await picture(page, { name: `${text}.jpg` }));
      if (at === 2) await attach(page, await picture(page, { name: 'last.jpg' }), 2);
      await sendMessage(page, text);
      if (at < 2) await completeAnswer(page, gateway, `Answer ${at}`);
    }
    const { body } = await gateway.nextExchange();
    assert.deepEqual(shape(body), [
      'One\n\n[image omitted]',
      'Answer 0',
      ['Two', 'image'],
      'Answer 1',
      ['Three', 'image', 'image'],
    ]);
    const notes = page.getByText('No longer sent to the model');
    await notes.waitFor();
    assert.equal(await notes.count(), 1);
    assert.equal(
      await page.locator('article[data-role=user]').first().getByText('No longer sent').count(),
      1,
    );
  },
  CAPABLE,
);

pageTest(
  'without the announcement nothing more is loaded, and an image is refused',
  async ({ page }) => {
    await page.locator('input[name=files]').setInputFiles(await picture(page, { name: 'a.jpg' }));
    const alert = page.locator('#dock').getByRole('alert');
    await alert.getByText('a.jpg was not attached: this chat takes text files only.').waitFor();
    await page.locator('input[name=files]').setInputFiles(pdf());
    await alert
      .getByText('report.pdf was not attached: this chat takes text files only.')
      .waitFor();
    await page.getByRole('button', { name: 'Attach text files' }).waitFor();
    const loaded = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    assert.deepEqual(
      loaded.filter(name => /tray|image-worker|attachments-.*css|dialog/.test(name)),
      [],
    );
  },
  { capabilities: ['resume'] },
);

/**
 * @param {string} name
 * @param {string} mimeType
 * @param {string} latin1
 * @returns {UploadedFile}
 */
function file(name, mimeType, latin1) {
  return { name, mimeType, buffer: Buffer.from(latin1, 'latin1') };
}
