import { element } from '../element.js';
import { scriptUrl } from '../ui/script-url.js';
import workerUrl from './highlight-worker.js?worker&url';

/** @import { Tree } from './highlighted-tree.js' */

const MAX_CODE_LENGTH = 50_000; // characters; the elements of more would delay frames
const LOAD_TIMEOUT_MS = 60_000; // of the grammar
const TIMEOUT_MS = 10_000; // expressions can take a minute for one long word

/** @type {Worker | undefined} */
let worker;

/** The worker is free after that. @type {Promise<unknown>} */
let previous = Promise.resolve();

/**
 * Highlights code in a worker. The language is never detected.
 * @param {string} code
 * @param {string} grammar  name of the highlight.js language module
 * @returns {Promise<Node | undefined>}  undefined if the code is too long or the grammar unknown
 */
export async function highlight(code, grammar) {
  if (code.length > MAX_CODE_LENGTH) return undefined;
  const trees = previous.then(() => highlightedTrees(code, grammar));
  previous = trees.catch(() => {});
  const all = await trees;
  if (!all) return undefined;
  await idle();
  return appendTrees(document.createDocumentFragment(), all);
}

/**
 * @param {string} code
 * @param {string} grammar
 * @returns {Promise<Tree[] | undefined>}
 */
function highlightedTrees(code, grammar) {
  return new Promise(resolve => {
    worker ??= new Worker(scriptUrl(workerUrl), { type: 'module' });
    let timer = setTimeout(end, LOAD_TIMEOUT_MS);
    worker.onerror = end;
    worker.onmessage = ({ data }) => {
      clearTimeout(timer);
      if (data === 'loaded') timer = setTimeout(end, TIMEOUT_MS);
      else resolve(data);
    };
    worker.postMessage({ code, grammar });

    /** The next code gets a new worker. */
    function end() {
      clearTimeout(timer);
      worker?.terminate();
      worker = undefined;
      resolve(undefined);
    }
  });
}

/**
 * @template {Node} T
 * @param {T} parent
 * @param {Tree[]} trees
 */
function appendTrees(parent, trees) {
  for (const tree of trees) {
    if (typeof tree === 'string') parent.appendChild(document.createTextNode(tree));
    else parent.appendChild(appendTrees(span(tree.suffix), tree.children));
  }
  return parent;
}

/** @param {string} suffix */
function span(suffix) {
  return element('span', { className: `text-code-${suffix}` });
}

function idle() {
  return new Promise(resolve => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(resolve, { timeout: 2_000 });
    else setTimeout(resolve, 50); // Safari
  });
}
