export const MAX_PDF_BYTES = 3 * 1024 * 1024; // 4 MB of base64
const LINEARIZED = /\/Linearized\b[^>]{0,400}\/N\s+(\d{1,6})/;
const PAGE = /\/Type\s*\/Page\b/g;

/**
 * The number of pages, if it can be read without unpacking the file: undefined where its page
 * objects are compressed.
 * @param {Uint8Array} bytes
 * @returns {number | undefined}
 */
export function pageCount(bytes) {
  const text = new TextDecoder('latin1').decode(bytes);
  const [, linearized] = LINEARIZED.exec(text.slice(0, 2048)) ?? [];
  if (linearized) return Number(linearized);
  if (text.includes('/ObjStm')) return undefined;
  return text.match(PAGE)?.length;
}
