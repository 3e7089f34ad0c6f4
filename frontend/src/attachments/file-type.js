/** @typedef {'jpeg' | 'png' | 'gif' | 'webp' | 'heic' | 'avif' | 'bmp' | 'svg' | 'pdf'} FileType */

export const HEAD_BYTES = 512; // as much as the type needs

/** The names of the formats, for a sentence. @type {Record<FileType, string>} */
export const typeNames = {
  jpeg: 'JPEG',
  png: 'PNG',
  gif: 'GIF',
  webp: 'WebP',
  heic: 'HEIC',
  avif: 'AVIF',
  bmp: 'BMP',
  svg: 'SVG',
  pdf: 'PDF',
};
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];
const AVIF_BRANDS = ['avif', 'avis'];
const SVG =
  /^(?:\xEF\xBB\xBF)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/is;

/**
 * What a file is, by its first bytes. Its name and the type that the browser derives from it claim
 * anything.
 * @param {Uint8Array} bytes  at least the first ones
 * @returns {FileType | undefined}
 */
export function fileType(bytes) {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD_BYTES));
  if (head.startsWith('\xFF\xD8\xFF')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1A\n')) return 'png';
  if (/^GIF8[79]a/.test(head)) return 'gif';
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return 'webp';
  if (/^BM.{4}\0{4}/s.test(head)) return 'bmp'; // a text can begin with the two letters
  if (head.startsWith('%PDF-')) return 'pdf';
  if (head.startsWith('ftyp', 4)) return ofBrands(head);
  return SVG.test(head) ? 'svg' : undefined;
}

/**
 * The type of an ISO base media file. `mif1` alone says only that it has an image, so that any brand
 * of AVIF in the list decides.
 * @param {string} head
 * @returns {FileType | undefined}
 */
function ofBrands(head) {
  const size = (head.charCodeAt(2) << 8) | head.charCodeAt(3);
  const box = head.slice(8, Math.min(size, HEAD_BYTES));
  const brands = box.match(/.{4}/gs)?.filter((_, index) => index !== 1) ?? []; // the second is a version
  if (brands.some(brand => AVIF_BRANDS.includes(brand))) return 'avif';
  return brands.some(brand => HEIC_BRANDS.includes(brand)) ? 'heic' : undefined;
}
