import { storedSetting } from '../ui/stored-setting.js';
import { unreachable } from './chat-error.js';

/** @import { Config } from './gateway.js' */

/** The user's access code, once there is one. */
export const accessCode = storedSetting('access-code', '');

/**
 * Loads config.json on first use. A failure is not cached, so that a page opened offline recovers. The
 * access code stands in place of the public token.
 * @returns {() => Promise<Config>}
 */
export function config() {
  /** @type {Promise<Config> | undefined} */
  let loaded;
  return () => {
    loaded ??= fetch('config.json', { cache: 'no-cache' })
      .then(response => (response.ok ? response.json() : Promise.reject()))
      .catch(() => {
        loaded = undefined;
        throw unreachable();
      });
    return loaded.then(config => {
      const code = accessCode.read();
      return code ? { ...config, gatewayToken: code } : config;
    });
  };
}
