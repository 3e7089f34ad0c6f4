/**
 * @template T
 * @typedef {{ add: (listener: (detail: T) => void) => void, notify: (detail: T) => void }} Listeners
 */

/**
 * The listeners of one event.
 * @template T
 * @returns {Listeners<T>}
 */
export function listeners() {
  /** @type {((detail: T) => void)[]} */
  const all = [];
  return {
    add: listener => void all.push(listener),
    notify: detail => {
      for (const listener of all) listener(detail);
    },
  };
}
