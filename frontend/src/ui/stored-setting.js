/** @typedef {ReturnType<typeof storedSetting>} Setting */

/**
 * A setting in localStorage, or in memory if the browser denies access to it.
 * @param {string} name
 * @param {string} fallback
 */
export function storedSetting(name, fallback) {
  let value = fallback;
  try {
    value = localStorage.getItem(name) ?? fallback;
  } catch {
    // In memory only.
  }
  return { read: () => value, write };

  /** @param {string} next */
  function write(next) {
    value = next;
    try {
      localStorage.setItem(name, next);
    } catch {
      // In memory only.
    }
  }
}
