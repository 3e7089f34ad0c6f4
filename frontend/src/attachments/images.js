import { scriptUrl } from '../ui/script-url.js';
import workerUrl from './image-worker.js?worker&url';

/** @import { EncodedMessage } from './image-worker.js' */
/** @import { Encoded } from './reencode.js' */

const IDLE_MS = 10_000; // after which the worker, and the memory of its last image, is given back

/** @type {Worker | undefined} */
let worker;
/** @type {Map<number, (encoded: Encoded | undefined) => void>} */
const waiting = new Map();
let last = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Encodes an image again in a worker: a photo of 48 megapixels would stop the page for a second.
 * @param {Blob} file
 * @returns {Promise<Encoded | undefined>}  undefined if the browser cannot decode it
 */
export function encodeImage(file) {
  clearTimeout(timer);
  worker ??= start();
  const id = ++last;
  worker.postMessage({ id, file });
  return new Promise(resolve => waiting.set(id, resolve));
}

function start() {
  const started = new Worker(scriptUrl(workerUrl), { type: 'module' });
  started.onmessage = ({ data }) => finish(data);
  started.onerror = () => {
    end(); // the next image has a new worker
    for (const id of waiting.keys()) finish({ id });
  };
  return started;
}

/** @param {EncodedMessage} message */
function finish({ id, encoded }) {
  waiting.get(id)?.(encoded);
  waiting.delete(id);
  if (waiting.size === 0) timer = setTimeout(end, IDLE_MS);
}

function end() {
  worker?.terminate();
  worker = undefined;
}
