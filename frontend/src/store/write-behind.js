/** @typedef {'conversations' | 'messages' | 'drafts'} Kind */
/** @typedef {{ kind: Kind, record: object } | { kind: Kind, removed: string }} Change */
/** @typedef {Map<string, Change>} Changes  the newest one of each record */

const WRITE_DELAY_MS = 500;

/**
 * Collects changes, so that a stream of them becomes few writes.
 * @param {(changes: Changes) => unknown} write  a promise, if it ends later
 * @param {number} delay  milliseconds that a change can wait
 */
export function writeBehind(write, delay = WRITE_DELAY_MS) {
  /** @type {Changes} */
  let changes = new Map();
  /** @type {Changes} */
  const writing = new Map(); // writes can overlap
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return { add, discard, flush, retry };

  /**
   * @param {string} key  of the record
   * @param {Change} change
   */
  function add(key, change) {
    changes.set(`${change.kind} ${key}`, change);
    timer ??= setTimeout(flush, delay);
  }

  /** Drops the records that match. @param {(record: any) => boolean} matches */
  function discard(matches) {
    for (const all of [changes, writing])
      for (const [key, change] of all)
        if ('record' in change && matches(change.record)) all.delete(key);
  }

  /**
   * Queues changes again that were not written; the next write includes them, unless a newer one of the
   * record waits or is being written.
   * @param {Changes} failed
   */
  function retry(failed) {
    for (const [key, change] of failed)
      if (writing.get(key) === change && !changes.has(key)) changes.set(key, change);
  }

  /** Writes synchronously, because a page that is being closed runs no later task. */
  async function flush() {
    clearTimeout(timer);
    timer = undefined;
    if (changes.size === 0) return;
    const batch = changes;
    changes = new Map();
    for (const [key, change] of batch) writing.set(key, change);
    await write(batch);
    for (const [key, change] of batch) if (writing.get(key) === change) writing.delete(key);
  }
}
