import { unreachable } from './chat-error.js';

/** @import { Config } from './gateway.js' */

/**
 * Loads config.json on first use. A failure is not cached, so that a page opened offline recovers.
 * @returns {() => Promise<Config>}
 */
export function config() {
  /** @type {Promise<Config> | undefined} */
  let loaded;
  return () => {
    loaded ??= fetch('config.json', { cache: 'no-cache' })
      .then(response => response.json())
      .catch(() => {
        loaded = undefined;
        throw unreachable();
      });
    return loaded;
  };
}
