import { ImportError } from './import-error.js';

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_BYTES = 22;
const MAX_END_BYTES = END_BYTES + 0xffff; // with a comment
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
const MAX_UNPACKED_BYTES = 2 * 1024 ** 3;
const CONVERSATIONS = /(?:^|\/)conversations[^/]*\.json$/;

/** @typedef {{ name: string, flags: number, method: number, packed: number, unpacked: number, offset: number }} Entry */

/** @param {Blob} file */
export async function isZip(file) {
  const view = await dataView(file.slice(0, 4));
  return view.byteLength === 4 && view.getUint32(0) === 0x504b0304;
}

/**
 * Unpacks the conversations of an export: `conversations.json`, or `conversations-000.json` and so on.
 * @param {Blob} file
 * @returns {Promise<Blob[]>}
 * @throws {ImportError} `zip`
 */
export async function unzipConversations(file) {
  const entries = (await entriesOf(file)).filter(({ name }) => CONVERSATIONS.test(name));
  const size = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (entries.length === 0 || size > MAX_UNPACKED_BYTES) throw new ImportError('zip');
  const unpacked = [];
  for (const entry of entries) unpacked.push(await unpack(file, entry));
  return unpacked;
}

/** @param {Blob} file @returns {Promise<Entry[]>} */
async function entriesOf(file) {
  const tail = await dataView(file.slice(-MAX_END_BYTES));
  let end = tail.byteLength - END_BYTES;
  while (end >= 0 && tail.getUint32(end, true) !== END_SIGNATURE) end--;
  if (end < 0) throw new ImportError('zip');
  const size = tail.getUint32(end + 12, true);
  const start = tail.getUint32(end + 16, true);
  const view = await dataView(file.slice(start, start + size));
  const entries = [];
  for (let at = 0; at + 46 <= view.byteLength && view.getUint32(at, true) === ENTRY_SIGNATURE; ) {
    const nameLength = view.getUint16(at + 28, true);
    const name = new Uint8Array(view.buffer, at + 46).subarray(0, nameLength);
    entries.push({
      name: new TextDecoder().decode(name),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/**
 * @param {Blob} file
 * @param {Entry} entry
 * @returns {Promise<Blob>}
 */
async function unpack(file, { flags, method, packed, unpacked, offset }) {
  const header = await dataView(file.slice(offset, offset + LOCAL_HEADER_BYTES));
  const isSupported = method === STORED || method === DEFLATED;
  if (flags & ENCRYPTED || !isSupported || header.byteLength < LOCAL_HEADER_BYTES)
    throw new ImportError('zip');
  const start =
    offset + LOCAL_HEADER_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
  const data = file.slice(start, start + packed);
  if (method === STORED) return data;
  try {
    const inflated = data.stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return await new Response(inflated.pipeThrough(limited(unpacked))).blob();
  } catch {
    throw new ImportError('zip');
  }
}

/** Fails after more bytes than the entry declares. @param {number} maxBytes */
function limited(maxBytes) {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > maxBytes) throw new ImportError('zip');
      controller.enqueue(chunk);
    },
  });
}

/** @param {Blob} blob */
async function dataView(blob) {
  return new DataView(await blob.arrayBuffer());
}
