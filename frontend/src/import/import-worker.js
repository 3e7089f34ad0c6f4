import { imported, withAttachments } from '../attachments/archived-attachments.js';
import { database } from '../store/database.js';
import { readConversations } from './conversation-reader.js';
import { ImportError } from './import-error.js';
import { setPlaceholders } from './placeholders.js';
import { storeImport } from './stored-import.js';
import { isZip, unzipConversations } from './zip-file.js';

/** @import { Attachment } from '../conversation/conversation.js' */
/** @import { ReadResult } from './conversation-reader.js' */
/** @import { ImportResult } from './stored-import.js' */
/** @import { Reason } from './import-error.js' */
/**
 * @typedef {{ progress: number } | { result: ImportResult }
 *   | { refused: Reason, file: string, detail: string } | { failed: true }} WorkerMessage  progress from 0 to 1
 */
/** @typedef {{ files: File[], placeholders: Parameters<typeof setPlaceholders>[0] }} WorkerRequest  or `cancel` */

const CHUNK_BYTES = 1024 * 1024;
const UTF_16 = new Map([
  [0xfffe, 'utf-16le'],
  [0xfeff, 'utf-16be'],
]);

const cancelled = new AbortController();
let current = ''; // name of the file that is read

addEventListener('message', ({ data }) => {
  if (data === 'cancel') cancelled.abort();
  else run(data);
});

/** @param {WorkerRequest} request */
async function run({ files, placeholders }) {
  setPlaceholders(placeholders);
  try {
    send({ result: await importFiles(files) });
  } catch (cause) {
    if (cause instanceof ImportError)
      send({ refused: cause.reason, file: current, detail: cause.detail });
    else send({ failed: true });
  }
}

/** @param {File[]} files */
async function importFiles(files) {
  const blobs = [];
  for (const file of files) {
    current = file.name;
    const parts = (await isZip(file)) ? await unzipConversations(file) : [await toUtf8(file)];
    blobs.push(...parts.map(blob => ({ name: file.name, blob })));
  }
  const db = await database().catch(() => {
    throw new ImportError('unsaved');
  });
  const attachments = await importedAttachments(blobs);
  return storeImport(db, conversationsOf(blobs, attachments), cancelled.signal);
}

/**
 * Decodes the images of this page's own exports before the transaction begins, which would not wait
 * for them.
 * @param {{ blob: Blob }[]} files
 */
async function importedAttachments(files) {
  /** @type {Map<string, Attachment | undefined>} */
  const attachments = new Map();
  for (const { blob } of files) {
    const results = readConversations(chunksOf(blob, () => {}));
    // What is damaged is reported when it is stored.
    for (let next = nextOf(results); next && !cancelled.signal.aborted; next = nextOf(results)) {
      if (!('conversation' in next)) continue;
      if (!next.isOwn) break;
      for (const { id, attachments: own = [] } of Object.values(next.conversation.messages))
        for (const one of own) attachments.set(`${id} ${one.id}`, await imported(one));
    }
  }
  return attachments;
}

/** @param {Generator<ReadResult>} results */
function nextOf(results) {
  try {
    return results.next().value;
  } catch {
    return undefined;
  }
}

/** Windows PowerShell writes UTF-16. @param {Blob} file */
async function toUtf8(file) {
  const start = new DataView(await file.slice(0, 2).arrayBuffer());
  const encoding = start.byteLength === 2 && UTF_16.get(start.getUint16(0));
  if (!encoding) return file;
  const text = file.stream().pipeThrough(new TextDecoderStream(encoding));
  return new Response(text.pipeThrough(new TextEncoderStream())).blob();
}

/**
 * @param {{ name: string, blob: Blob }[]} files
 * @param {Map<string, Attachment | undefined>} attachments
 */
function* conversationsOf(files, attachments) {
  const total = files.reduce((sum, { blob }) => sum + blob.size, 0);
  let read = 0;
  for (const { name, blob } of files) {
    current = name;
    const onRead = (/** @type {number} */ size) => {
      read += size;
      send({ progress: read / total });
    };
    for (const result of readConversations(chunksOf(blob, onRead)))
      yield 'conversation' in result ? withAttachments(result, attachments) : result;
  }
}

/**
 * Reads synchronously, so that the transaction stays open.
 * @param {Blob} blob
 * @param {(size: number) => void} onRead
 */
function* chunksOf(blob, onRead) {
  const reader = new (Reflect.get(globalThis, 'FileReaderSync'))();
  for (let at = 0; at < blob.size; at += CHUNK_BYTES) {
    const chunk = new Uint8Array(reader.readAsArrayBuffer(blob.slice(at, at + CHUNK_BYTES)));
    yield chunk;
    onRead(chunk.length);
  }
}

/** @param {WorkerMessage} message */
function send(message) {
  postMessage(message);
}
