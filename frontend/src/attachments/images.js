import { scriptUrl } from '../ui/script-url.js';
import workerUrl from './image-worker.js?worker&url';

/** @import { Encoded } from './reencode.js' */
/**
 * `notLoaded`: the script of the worker; `protected`: the browser changes what is drawn; undefined if it
 * cannot decode the image.
 * @typedef {Encoded | 'timeout' | 'notLoaded' | 'protected' | undefined} Result
 */

const TIMEOUT_MS = 30_000; // a slow phone needs some seconds for a photo of 48 megapixels
const IDLE_MS = 10_000; // after which the worker, and the memory of its last image, is given back

/** @type {Worker | undefined} */
let worker;
/** @type {Promise<unknown>} */
let previous = Promise.resolve();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let idle;

/**
 * Encodes an image again in a worker: a photo of 48 megapixels would stop the page for a second. One
 * at a time: an image that hangs the worker ends with it, and the next one has a new worker.
 * @param {Blob} file
 * @returns {Promise<Result>}
 */
export function encodeImage(file) {
  const result = previous.then(() => encode(file));
  previous = result.catch(() => {});
  return result;
}

/**
 * @param {Blob} file
 * @returns {Promise<Result>}
 */
async function encode(file) {
  clearTimeout(idle);
  worker ??= new Worker(scriptUrl(workerUrl), { type: 'module' });
  const result = await answer(worker, file);
  // What the user allows then, a new worker knows.
  if (result === 'timeout' || result === 'protected') terminate();
  else idle = setTimeout(terminate, IDLE_MS);
  return result;
}

/**
 * @param {Worker} worker
 * @param {Blob} file
 * @returns {Promise<Result>}
 */
function answer(worker, file) {
  return new Promise(resolve => {
    const timer = setTimeout(end, TIMEOUT_MS, 'timeout');
    worker.onmessage = ({ data }) => end(data);
    worker.onerror = event => {
      terminate();
      end(event instanceof ErrorEvent ? undefined : 'notLoaded');
    };
    worker.postMessage(file);

    /** @param {Result} result */
    function end(result) {
      clearTimeout(timer);
      resolve(result);
    }
  });
}

function terminate() {
  worker?.terminate();
  worker = undefined;
}
