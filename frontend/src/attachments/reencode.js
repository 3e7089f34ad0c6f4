/** @typedef {{ blob: Blob, width: number, height: number }} Encoded */

const MAX_EDGE_PX = 1600;
const JPEG_QUALITIES = [0.85, 0.7, 0.5];
const SMALLER = 0.7; // of the edges, while no quality is enough
const MAX_BYTES = 1_100_000; // 1.5 MB of base64; four of them and a PDF fit into a request of 10 MB
const MAX_PNG_BYTES = 1_000_000;
const PROBE_PX = 16; // of different colours
const MAX_NOISE = 16; // of 255; some browsers change the last bits only, which cannot be seen

/** @type {boolean | undefined} */
let isProtected; // against fingerprinting: the canvas returns other pixels, without an error

/**
 * Decodes an image and encodes its first frame again, upright, smaller and without its metadata: the
 * place where it was taken stays here. With transparency it is a PNG, unless that is too large.
 * @param {Blob} file
 * @returns {Promise<Encoded>}
 * @throws {Error} if the browser cannot decode it; its cause is `protected` if it would change the image
 */
export async function reencode(file) {
  isProtected ??= changesPixels();
  if (isProtected) throw new Error('The canvas returns other pixels', { cause: 'protected' });
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    let edge = MAX_EDGE_PX;
    for (;;) {
      const encoded = await encode(
        bitmap,
        Math.min(1, edge / Math.max(bitmap.width, bitmap.height)),
      );
      if (encoded.blob.size <= MAX_BYTES) return encoded;
      edge *= SMALLER;
    }
  } finally {
    bitmap.close();
  }
}

/**
 * @param {ImageBitmap} bitmap
 * @param {number} scale
 * @returns {Promise<Encoded>}
 */
async function encode(bitmap, scale) {
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  if (isTransparent(context, width, height)) {
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    if (blob.size < MAX_PNG_BYTES) return { blob, width, height };
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
  }
  return { blob: await toJpeg(canvas), width, height };
}

/** The best JPEG that is small enough, or the smallest. @param {OffscreenCanvas} canvas */
async function toJpeg(canvas) {
  let blob;
  for (const quality of JPEG_QUALITIES) {
    blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (blob.size <= MAX_BYTES) break;
  }
  return /** @type {Blob} */ (blob);
}

/**
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {number} width
 * @param {number} height
 */
function isTransparent(context, width, height) {
  const { data } = context.getImageData(0, 0, width, height);
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] < 255) return true;
  return false;
}

function changesPixels() {
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    new OffscreenCanvas(PROBE_PX, 1).getContext('2d')
  );
  const drawn = Array.from({ length: PROBE_PX }, (_, x) => [x * PROBE_PX, 0, 255 - x * PROBE_PX]);
  for (const [x, colour] of drawn.entries()) {
    context.fillStyle = `rgb(${colour})`;
    context.fillRect(x, 0, 1, 1);
  }
  const { data } = context.getImageData(0, 0, PROBE_PX, 1);
  return drawn
    .flatMap(colour => [...colour, 255])
    .some((value, at) => Math.abs(value - data[at]) > MAX_NOISE);
}
