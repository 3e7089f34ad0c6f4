/** @typedef {{ conversation: string, text: string }} Draft */
/** @typedef {ReturnType<typeof draftJournal>} DraftJournal */

/**
 * Drafts that are not in the database yet. localStorage is written synchronously, so that a draft
 * survives a reload before the database is open or within the delay of a write. All tabs share it;
 * an entry is never older than the record in the database.
 * @param {Storage | undefined} storage  without it nothing is kept
 * @param {string} prefix  of the localStorage keys
 */
export function draftJournal(storage = availableStorage(), prefix = 'draft:') {
  return { get, set, remove, saved, entries };

  /** @param {string} conversation @returns {string | undefined} */
  function get(conversation) {
    return storage?.getItem(prefix + conversation) ?? undefined;
  }

  /** @param {Draft} draft */
  function set({ conversation, text }) {
    try {
      storage?.setItem(prefix + conversation, text);
    } catch {
      remove(conversation); // the quota is exceeded; an older text must not replace the record
    }
  }

  /** @param {string} conversation */
  function remove(conversation) {
    storage?.removeItem(prefix + conversation);
  }

  /** The database has this draft; a newer entry stays. @param {Draft} draft */
  function saved({ conversation, text }) {
    if (get(conversation) === text) remove(conversation);
  }

  /** @returns {Draft[]} */
  function entries() {
    return Object.entries(storage ?? {})
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, text]) => ({ conversation: key.slice(prefix.length), text }));
  }
}

function availableStorage() {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined; // blocked by the browser's settings
  }
}
