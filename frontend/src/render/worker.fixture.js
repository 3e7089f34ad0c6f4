import { register } from 'node:module';
import { Worker as Thread } from 'node:worker_threads';

const WORKER = new URL('./highlight-worker.js', import.meta.url).href;

// As the bundler does: the URL of a script instead of its module.
const HOOKS = `
  const url = 'data:text/javascript,export default "highlight-worker.js"';
  export function resolve(specifier, context, next) {
    return specifier.endsWith('?worker&url') ? { url, shortCircuit: true } : next(specifier, context);
  }
`;
register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);

const THREAD = `
  const { parentPort } = require('node:worker_threads');
  globalThis.postMessage = data => parentPort.postMessage(data);
  const loaded = import(${JSON.stringify(WORKER)});
  const listeners = [];
  globalThis.addEventListener = (_type, listener) => listeners.push(listener);
  parentPort.on('message', data => loaded.then(() => listeners.forEach(each => each({ data }))));
`;

/** A worker of the browser, as a thread of Node that runs the highlighter. */
export class HighlightWorker {
  /** @type {((event: { data: unknown }) => void) | undefined} */
  onmessage;
  #thread = new Thread(THREAD, { eval: true });

  constructor() {
    this.#thread.on('message', data => this.onmessage?.({ data }));
    this.#thread.unref(); // after the listener, which would keep the process
  }

  /** @param {unknown} message */
  postMessage(message) {
    this.#thread.postMessage(message);
  }

  terminate() {
    this.#thread.terminate();
  }
}
