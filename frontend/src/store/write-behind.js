/** @typedef {'conversations' | 'messages' | 'drafts'} Kind */
/** @typedef {{ kind: Kind, record: object } | { kind: Kind, removed: string }} Change */
/** @typedef {Map<string, Change>} Changes  the newest of each record */

/**
 * Gathers records so that a stream of changes becomes few writes.
 * @param {(changes: Changes) => void} write
 * @param {number} delay  milliseconds a change may wait
 */
export function writeBehind(write, delay = 500) {
  /** @type {Changes} */
  let changes = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return { put, remove, flush, again };

  /**
   * @param {Kind} kind
   * @param {string} key
   * @param {object} record
   */
  function put(kind, key, record) {
    add(key, { kind, record });
  }

  /**
   * @param {Kind} kind
   * @param {string} key
   */
  function remove(kind, key) {
    add(key, { kind, removed: key });
  }

  /**
   * @param {string} key
   * @param {Change} change
   */
  function add(key, change) {
    changes.set(`${change.kind} ${key}`, change);
    timer ??= setTimeout(flush, delay);
  }

  /** Takes back what could not be written, for the next time. @param {Changes} failed */
  function again(failed) {
    changes = new Map([...failed, ...changes]);
  }

  /** Hands over what waits, before it returns: a page that is going away has no later. */
  function flush() {
    clearTimeout(timer);
    timer = undefined;
    if (changes.size === 0) return;
    const gathered = changes;
    changes = new Map();
    write(gathered);
  }
}
