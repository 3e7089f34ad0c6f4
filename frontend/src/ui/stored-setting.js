/** @typedef {ReturnType<typeof storedSetting>} Setting */

/**
 * A choice of the reader's that outlives a visit where the browser lets it.
 * @param {string} name
 * @param {string} fallback
 */
export function storedSetting(name, fallback) {
  let choice = fallback;
  try {
    choice = localStorage.getItem(name) ?? fallback;
  } catch {
    // It then holds for this visit.
  }
  return { read: () => choice, write };

  /** @param {string} next */
  function write(next) {
    choice = next;
    try {
      localStorage.setItem(name, next);
    } catch {
      // As above.
    }
  }
}
