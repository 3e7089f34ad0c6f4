import { disconnected } from './network-error.js';

/** @import { Config } from './gateway.js' */

/**
 * Where the gateway is, asked of whoever serves the page. Kept once known; asked again after a
 * failure, so that a page opened offline recovers.
 * @returns {() => Promise<Config>}
 */
export function config() {
  /** @type {Promise<Config> | undefined} */
  let known;
  return () => {
    known ??= load().catch(() => {
      known = undefined;
      throw disconnected();
    });
    return known;
  };
}

/** @returns {Promise<Config>} */
async function load() {
  const response = await fetch('config.json', { cache: 'no-cache' });
  return await response.json();
}
