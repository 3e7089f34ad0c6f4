/**
 * The text of a question's editor that was left open, as by a reload, for as long as the tab lives.
 * @param {string} question  its id
 */
export function unfinishedEdit(question) {
  const key = `edit:${question}`;
  return {
    read: () => attempt(() => sessionStorage.getItem(key)) ?? undefined,
    write: (/** @type {string} */ text) => attempt(() => sessionStorage.setItem(key, text)),
    remove: () => attempt(() => sessionStorage.removeItem(key)),
  };
}

/**
 * The browser can deny access, or have no room.
 * @template T
 * @param {() => T} access
 */
function attempt(access) {
  try {
    return access();
  } catch {
    return undefined;
  }
}
