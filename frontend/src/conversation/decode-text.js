/** A character that no text has, of a decoded text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a binary file has
const BINARY_CHARACTER = /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffe\uffff]|\p{Cn}/u;
const MAX_ACCENTED_SHARE = 0.3; // of the bytes of a text in Latin script
const MIN_COMMON_SHARE = 0.8; // of the characters of a Chinese, Japanese or Korean text
const UNDEFINED_IN_WINDOWS_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** @typedef {{ lead: number, trail: number }} Pair  a byte above 0x7f, and the one after it */

/**
 * Decodes a text file. Its bytes tell the encoding: UTF-8; UTF-16 by its mark or by its zero bytes;
 * and, of the older ones that Windows programs write, Shift_JIS, GB18030, EUC-KR and Windows-1252.
 * The last one also takes what it cannot tell from Windows-1252, such as Windows-1250.
 * @param {Uint8Array} bytes
 * @returns {string | undefined}  undefined if it is binary, or its encoding is none of these
 */
export function decodeText(bytes) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decode('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return decode('utf-16be', bytes);
  if (bytes.includes(0)) return decodeUtf16(bytes);
  return decode('utf-8', bytes) ?? decodeLegacy(bytes);
}

/**
 * UTF-16 without a byte order mark: the zero bytes of its ASCII characters are all on one side.
 * @param {Uint8Array} bytes
 */
function decodeUtf16(bytes) {
  const isZeroAt = [false, false];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) isZeroAt[at % 2] = true;
  if (bytes.length % 2 === 1 || (isZeroAt[0] && isZeroAt[1])) return undefined;
  return plausible(decode(isZeroAt[0] ? 'utf-16be' : 'utf-16le', bytes));
}

/** @param {Uint8Array} bytes */
function decodeLegacy(bytes) {
  const pairs = pairsOf(bytes);
  const encodings = [
    isShiftJis(pairs) && 'shift_jis',
    isHangul(pairs) && 'euc-kr',
    isChinese(pairs) && 'gb18030',
    isLatin(bytes) && 'windows-1252',
  ];
  for (const encoding of encodings) {
    const text = encoding && plausible(decode(encoding, bytes));
    if (text) return text;
  }
  return undefined;
}

/** @param {string | undefined} text */
function plausible(text) {
  return text === undefined || BINARY_CHARACTER.test(text) ? undefined : text;
}

/** @param {Uint8Array} bytes @returns {Pair[]} */
function pairsOf(bytes) {
  const pairs = [];
  for (let at = 0; at < bytes.length; at++)
    if (bytes[at] > 0x7f) pairs.push({ lead: bytes[at], trail: bytes[++at] ?? 0 });
  return pairs;
}

/**
 * Kana, or kanji that Windows-1252 would not have: typographic quotes before a letter look like one.
 * @param {Pair[]} pairs
 */
function isShiftJis(pairs) {
  const isKana = (/** @type {Pair} */ { lead, trail }) =>
    (lead === 0x82 && trail >= 0x9f && trail <= 0xf1) ||
    (lead === 0x83 && trail >= 0x40 && trail <= 0x96);
  const isKanji = (/** @type {Pair} */ { lead, trail }) =>
    lead >= 0x88 && lead <= 0x9f && trail > 0x7f;
  const isCommon = (/** @type {Pair} */ { lead }) => lead >= 0x81 && lead <= 0x9f;
  const isJapanese = pairs.some(isKana) || share(pairs, isKanji) >= 0.5;
  return isJapanese && share(pairs, isCommon) >= MIN_COMMON_SHARE;
}

/** The rows of the Hangul syllables. @param {Pair[]} pairs */
function isHangul(pairs) {
  return share(pairs, pair => isDouble(pair) && pair.lead >= 0xb0 && pair.lead <= 0xc8) === 1;
}

/**
 * Punctuation and the rows of the common characters. In Windows-1252 accented letters, which are
 * mostly small, have other rows, and stand alone.
 * @param {Pair[]} pairs
 */
function isChinese(pairs) {
  const isCommon = (/** @type {Pair} */ pair) =>
    isDouble(pair) && (pair.lead <= 0xa3 || (pair.lead >= 0xb0 && pair.lead <= 0xd7));
  return share(pairs, isCommon) >= MIN_COMMON_SHARE;
}

/** @param {Pair} pair */
function isDouble({ lead, trail }) {
  return lead > 0xa0 && trail > 0xa0;
}

/** @param {Uint8Array} bytes */
function isLatin(bytes) {
  const accented = bytes.filter(byte => byte > 0x7f);
  const isDefined = !accented.some(byte => UNDEFINED_IN_WINDOWS_1252.has(byte));
  return isDefined && accented.length / bytes.length <= MAX_ACCENTED_SHARE;
}

/**
 * @param {Pair[]} pairs
 * @param {(pair: Pair) => boolean} matches
 */
function share(pairs, matches) {
  return pairs.filter(matches).length / pairs.length;
}

/**
 * @param {string} encoding
 * @param {Uint8Array} bytes
 */
function decode(encoding, bytes) {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
