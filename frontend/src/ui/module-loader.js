import { strings } from '../strings/strings.js';
import { textButton } from './action-button.js';
import { buttonQuiet } from './classes.js';

const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 30_000;

/** @typedef {ReturnType<typeof moduleLoader>} ModuleLoader */

/**
 * Loads modules that the page cannot do without, and shows a notice while one of them, or any other
 * that is loaded on demand, cannot be loaded. The others are requested again by their next use.
 * @param {HTMLElement} notice  receives a button that loads the page again
 */
export function moduleLoader(notice) {
  let failing = 0;
  addEventListener('unhandledrejection', event => {
    if (!isLoadFailure(event.reason)) return;
    event.preventDefault();
    notice.hidden = false;
  });
  notice.append(textButton(strings.reload, () => location.reload(), buttonQuiet));
  return { load };

  /**
   * Tries until it succeeds: at growing intervals, and when the browser is online again.
   * @template T
   * @param {() => Promise<T>} request  the import
   * @returns {Promise<T>}
   */
  async function load(request) {
    let loaded = await attempt(request);
    if (loaded) return loaded;
    failing++;
    notice.hidden = false;
    for (let delay = FIRST_RETRY_MS; !loaded; delay = Math.min(2 * delay, MAX_RETRY_MS)) {
      await delayOrOnline(delay);
      loaded = await attempt(request);
    }
    failing--;
    notice.hidden = failing === 0;
    return loaded;
  }
}

/**
 * @template T
 * @param {() => Promise<T>} request
 * @returns {Promise<T | undefined>}
 */
async function attempt(request) {
  try {
    return await request();
  } catch (cause) {
    if (!isLoadFailure(cause)) throw cause;
    return undefined;
  }
}

/** @param {number} delay  milliseconds */
function delayOrOnline(delay) {
  return new Promise(resolve => {
    setTimeout(resolve, delay);
    addEventListener('online', resolve, { once: true });
  });
}

/** @param {unknown} cause */
function isLoadFailure(cause) {
  // Chromium, Firefox: …dynamically imported module: https://…; Safari: Importing a module script failed.
  return cause instanceof TypeError && /\bmodule\b/.test(cause.message);
}
