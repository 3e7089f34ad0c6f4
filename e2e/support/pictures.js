/** @import { Page } from 'playwright-core' */
/** @typedef {{ name: string, mimeType: string, buffer: Buffer }} UploadedFile */

const MAKERS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };

/**
 * A picture that the browser draws: its left half is red, and its right half blue or transparent.
 * With noise it cannot be compressed.
 * @param {Page} page
 * @param {{ width?: number, height?: number, type?: keyof typeof MAKERS, transparent?: boolean,
 *   noise?: boolean, name?: string }} [options]
 * @returns {Promise<UploadedFile>}
 */
export async function picture(page, options = {}) {
  const { width = 80, height = 40, type = 'image/jpeg', transparent, noise } = options;
  const base64 = await page.evaluate(draw, { width, height, type, transparent, noise });
  const name = options.name ?? `picture.${MAKERS[type]}`;
  return { name, mimeType: type, buffer: Buffer.from(base64, 'base64') };
}

/**
 * Runs in the page.
 * @param {{ width: number, height: number, type: string, transparent?: boolean, noise?: boolean }} options
 * @returns {Promise<string>}
 */
async function draw({ width, height, type, transparent, noise }) {
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.fillStyle = '#f00';
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = '#00f';
  if (!transparent) context.fillRect(width / 2, 0, width / 2, height);
  if (noise) {
    const image = context.getImageData(0, 0, width, height);
    const words = new Uint32Array(image.data.buffer);
    let state = 1;
    for (let at = 0; at < words.length; at++) {
      state = (Math.imul(state, 48271) + 11) >>> 0;
      words[at] = state | (transparent ? 0 : 0xff000000);
    }
    context.putImageData(image, 0, 0);
  }
  const blob = await canvas.convertToBlob({ type, quality: 0.95 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}

/**
 * The same JPEG with EXIF: taken with the camera turned (orientation 6), at a place.
 * @param {UploadedFile} jpeg
 * @returns {UploadedFile}
 */
export function withExif({ buffer, ...file }) {
  const tiff = Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0', 'latin1'),
    // The first directory: orientation 6, and where the directory of the place is.
    Buffer.from([2, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]),
    Buffer.from([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0]),
    // The place: 48° N 11° E as text is enough to find it again.
    Buffer.from([1, 0, 1, 0, 2, 0, 2, 0, 0, 0, 0x4e, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.from('GPS-48.1374-11.5755', 'latin1'),
  ]);
  const payload = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const length = payload.length + 2;
  const marker = Buffer.from([0xff, 0xe1, length >> 8, length & 0xff]);
  return {
    ...file,
    buffer: Buffer.concat([buffer.subarray(0, 2), marker, payload, buffer.subarray(2)]),
  };
}

/** An animated GIF of two frames, each one pixel: red, then blue. @returns {UploadedFile} */
export function animatedGif() {
  const frame = (/** @type {number} */ index) => [
    ...[0x21, 0xf9, 4, 0, 10, 0, 0, 0], // shown for 0.1 s
    ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0],
    ...[2, 2, index === 0 ? 0x44 : 0x4c, 1, 0],
  ];
  const buffer = Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255]),
    Buffer.from([...frame(0), ...frame(1), 0x3b]),
  ]);
  return { name: 'moving.gif', mimeType: 'image/gif', buffer };
}

/** A BMP of one row: 16 red pixels, then 16 blue ones. @returns {UploadedFile} */
export function bmp() {
  const red = Array(16).fill([0, 0, 255]).flat(); // blue, green, red
  const blue = Array(16).fill([255, 0, 0]).flat();
  const head = Buffer.alloc(54);
  head.write('BM');
  head.writeUInt32LE(head.length + red.length + blue.length, 2);
  head.writeUInt32LE(head.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(32, 18);
  head.writeInt32LE(1, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  const buffer = Buffer.from([...head, ...red, ...blue]);
  return { name: 'scan.bmp', mimeType: 'image/bmp', buffer };
}

/** A HEIC by its brands, which no Chromium can decode. @returns {UploadedFile} */
export function heic() {
  const box = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
  return { name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer: Buffer.concat([box, box]) };
}

/**
 * A PDF with so many empty pages.
 * @param {number} pages
 * @returns {UploadedFile}
 */
export function pdf(pages = 1, name = 'report.pdf') {
  const kids = Array.from({ length: pages }, (_, page) => `${page + 3} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    ...Array(pages).fill('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>'),
  ];
  const text = objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('');
  const end = `trailer << /Root 1 0 R /Size ${objects.length + 1} >>\n%%EOF\n`;
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4\n${text}${end}`) };
}

/**
 * What the browser sees in an image of a request: its size, and the colours at these places, from 0
 * to 1.
 * @param {Page} page
 * @param {string} url  a data address
 * @param {[number, number][]} places
 */
export function decoded(page, url, places = []) {
  return page.evaluate(
    async ({ url, places }) => {
      const bytes = Uint8Array.from(atob(url.split(',')[1]), character => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const { width, height } = bitmap;
      const canvas = new OffscreenCanvas(width, height);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
      context.drawImage(bitmap, 0, 0);
      const colours = places.map(([x, y]) => {
        const at = [Math.floor(x * (width - 1)), Math.floor(y * (height - 1))];
        return [...context.getImageData(at[0], at[1], 1, 1).data];
      });
      return { width, height, colours: colours.map(name) };

      /** @param {number[]} colour */
      function name([red, green, blue, alpha]) {
        if (alpha < 100) return 'none';
        if (red > 200 && green > 200 && blue > 200) return 'white';
        return red > blue ? 'red' : 'blue';
      }
    },
    { url, places },
  );
}

/** The bytes of an image of a request. @param {string} url  a data address */
export function bytesOf(url) {
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
