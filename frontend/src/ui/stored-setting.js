/** @typedef {ReturnType<typeof storedSetting>} Setting */

/** The settings that localStorage has refused, by name. @type {Map<string, string>} */
const refused = new Map();

/**
 * A setting in localStorage, or in memory if the browser denies access to it.
 * @param {string} name
 * @param {string} fallback
 */
export function storedSetting(name, fallback) {
  return { read, write };

  function read() {
    try {
      return refused.get(name) ?? localStorage.getItem(name) ?? fallback;
    } catch {
      return fallback;
    }
  }

  /** @param {string} value */
  function write(value) {
    try {
      localStorage.setItem(name, value);
      refused.delete(name);
    } catch {
      refused.set(name, value);
    }
  }
}
