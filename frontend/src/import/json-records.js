import { ImportError } from './import-error.js';
import { MAX_CONVERSATION_MB } from './limits.js';

/** @typedef {{ head?: any, rest?: any, record?: any, isTooLarge?: boolean, isDamaged?: boolean }} Part */

const MAX_RECORD_BYTES = MAX_CONVERSATION_MB * 1024 * 1024;
const [QUOTE, BACKSLASH, COMMA] = bytes('"\\,');
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = bytes('[]{}');
const LIST_KEY = /[{,\s]"conversations"\s*:\s*\[$/;

/**
 * Parses JSON of any size one record at a time, so that only one is in memory. The records are the
 * elements of the file's list, or of the list `conversations` of its object; before those comes
 * `head`, the members of the object that precede the list, and after them `rest`, all of its members.
 * Any other object is one record. A record that is too large or not JSON is marked, and the next ones
 * are read.
 * @param {Iterable<Uint8Array>} chunks
 * @param {number} [maxBytes]  of a record
 * @returns {Generator<Part>}
 * @throws {ImportError} `damaged` if the file itself is not complete JSON
 */
export function* jsonRecords(chunks, maxBytes = MAX_RECORD_BYTES) {
  const outside = textBuffer(maxBytes); // all but the elements of the list
  const record = textBuffer(maxBytes);
  let inList = false;
  let listDepth = 0; // 0 until the list has begun
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  let isFirst = true;
  for (const chunk of chunks) {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        depth++;
        if (listDepth > 0 || byte !== OPEN_LIST || depth > 2) continue;
        outside.add(chunk.subarray(from, at + 1));
        from = at + 1;
        if (depth === 2 && !LIST_KEY.test(outside.end())) continue;
        listDepth = depth;
        inList = true;
        if (depth === 2) yield { head: parse(`${outside.text()}]}`) };
      } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        depth--;
        if (!inList || depth >= listDepth) continue;
        record.add(chunk.subarray(from, at));
        from = at;
        inList = false;
        if (!isFirst || record.isTooLarge() || !isBlank(record.text())) yield toPart(record);
        record.clear();
      } else if (byte === COMMA && inList && depth === listDepth) {
        record.add(chunk.subarray(from, at));
        from = at + 1;
        isFirst = false;
        yield toPart(record);
        record.clear();
      }
    }
    (inList ? record : outside).add(chunk.subarray(from));
  }
  if (outside.isTooLarge()) yield { isTooLarge: true };
  else {
    const whole = parse(outside.text());
    if (listDepth !== 1) yield listDepth === 0 ? { record: whole } : { rest: whole };
  }
}

/** @param {ReturnType<typeof textBuffer>} buffer @returns {Part} */
function toPart(buffer) {
  if (buffer.isTooLarge()) return { isTooLarge: true };
  const text = buffer.text();
  if (isBlank(text)) throw new ImportError('damaged'); // a comma too many
  try {
    return { record: JSON.parse(text) };
  } catch {
    return { isDamaged: true };
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new ImportError('damaged');
  }
}

/** @param {string} text */
function isBlank(text) {
  return /^\s*$/.test(text);
}

/** Collects bytes until they are too many. @param {number} maxBytes */
function textBuffer(maxBytes) {
  const MAX_KEY_BYTES = 256;
  /** @type {Uint8Array[]} */
  let pieces = [];
  let size = 0;
  return { add, clear, text, end, isTooLarge };

  /** @param {Uint8Array} piece */
  function add(piece) {
    size += piece.length;
    if (isTooLarge()) pieces = [];
    else if (piece.length > 0) pieces.push(piece);
  }

  function isTooLarge() {
    return size > maxBytes;
  }

  function clear() {
    pieces = [];
    size = 0;
  }

  function text() {
    const decoder = new TextDecoder();
    const texts = pieces.map(piece => decoder.decode(piece, { stream: true }));
    return texts.join('') + decoder.decode();
  }

  /** The last bytes, as ASCII. */
  function end() {
    let last = '';
    for (let at = pieces.length - 1; at >= 0 && last.length < MAX_KEY_BYTES; at--)
      last = String.fromCharCode(...pieces[at].subarray(-MAX_KEY_BYTES)) + last;
    return last;
  }
}

/** @param {string} text */
function bytes(text) {
  return new TextEncoder().encode(text);
}
