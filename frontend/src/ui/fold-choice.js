/**
 * Whether the user has opened or closed the fold of a message, for as long as the tab lives.
 * @param {string} id
 */
export function foldChoice(id) {
  const key = `fold:${id}`;
  /** @type {boolean | undefined} */
  let value;
  try {
    const stored = sessionStorage.getItem(key);
    if (stored) value = stored === 'open';
  } catch {
    // In memory only.
  }
  return { read: () => value, write };

  /** @param {boolean} open */
  function write(open) {
    value = open;
    try {
      sessionStorage.setItem(key, open ? 'open' : 'closed');
    } catch {
      // In memory only.
    }
  }
}
