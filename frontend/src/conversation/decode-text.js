/** A character that no text has, of a decoded text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a binary file has
const BINARY_CHARACTER = /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffe\uffff]|\p{Cn}/u;
const MAX_ACCENTED_SHARE = 0.45; // of the bytes of a text in Latin script
const MIN_COMMON_SHARE = 0.8; // of the characters of a Chinese, Japanese or Korean text
const MIN_KANA_SHARE = 0.2; // of the characters of a Japanese text
const MIN_LETTERS = 10; // of a text in Cyrillic or Greek
const POLISH = new Set([0xb3, 0xb9, 0xbf]);
const UNDEFINED_IN_WINDOWS_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** @typedef {{ lead: number, trail: number }} Pair  a byte above 0x7f, and the one after it */

/**
 * Decodes a text file. Its bytes tell the encoding: UTF-8; UTF-16 by its mark or by its zero bytes;
 * and, of the older ones that Windows programs write, those of Chinese, Japanese, Korean, Russian,
 * Greek, Polish and the languages of western Europe. What looks like the last ones is read as such:
 * Czech and Hungarian in Windows-1250 cannot be distinguished from Windows-1252.
 * @param {Uint8Array} bytes
 * @returns {string | undefined}  undefined if it is binary, or its encoding is none of these
 */
export function decodeText(bytes) {
  const [first, second] = bytes;
  const whole = bytes.subarray(0, bytes.length & ~1); // a line break of one byte can be at the end
  if (first === 0xff && second === 0xfe) return decode('utf-16le', whole);
  if (first === 0xfe && second === 0xff) return decode('utf-16be', whole);
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
    isEucJapanese(pairs) && 'euc-jp',
    isHangul(pairs) && 'euc-kr',
    isChinese(pairs) && 'gb18030',
    isCyrillic(bytes) && 'windows-1251',
    isGreek(bytes) && 'windows-1253',
    isPolish(bytes) && 'windows-1250',
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

/** Kana have rows of their own. @param {Pair[]} pairs */
function isEucJapanese(pairs) {
  const isKana = (/** @type {Pair} */ { lead }) => lead === 0xa4 || lead === 0xa5;
  return share(pairs, isDouble) === 1 && share(pairs, isKana) >= MIN_KANA_SHARE;
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

/** Letters in their case: no capital follows a small letter. @param {Uint8Array} bytes */
function isCyrillic(bytes) {
  const isMixed = bytes.some((byte, at) => byte >= 0xc0 && byte < 0xe0 && bytes[at - 1] >= 0xe0);
  return isAlphabet(bytes) && !isMixed;
}

/** Small letters with an accent stand where Windows-1251 has capitals. @param {Uint8Array} bytes */
function isGreek(bytes) {
  const isMixed = bytes.some((byte, at) => byte >= 0xc0 && byte < 0xdc && bytes[at - 1] >= 0xdc);
  const isUndefined = bytes.some(byte => byte === 0xd2 || byte === 0xff);
  return isAlphabet(bytes) && !isMixed && !isUndefined;
}

/** A text that has more letters above ASCII than a Latin one. @param {Uint8Array} bytes */
function isAlphabet(bytes) {
  const high = bytes.filter(byte => byte > 0x7f);
  const letters = high.filter(byte => byte >= 0xb8);
  return (
    high.length >= MIN_LETTERS &&
    high.length / bytes.length > MAX_ACCENTED_SHARE &&
    letters.length / high.length >= 0.9
  );
}

/** ł, ą or ż within a word, where Windows-1252 has ³, ¹ and ¿. @param {Uint8Array} bytes */
function isPolish(bytes) {
  const isLetter = (/** @type {number} */ byte) => /[a-z]/i.test(String.fromCharCode(byte));
  return (
    isLatin(bytes) &&
    bytes.some((byte, at) => POLISH.has(byte) && isLetter(bytes[at - 1]) && isLetter(bytes[at + 1]))
  );
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
