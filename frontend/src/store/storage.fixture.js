/**
 * A Storage in memory.
 * @param {number} quota  characters of all values
 * @returns {Storage}
 */
export function memoryStorage(quota = Number.POSITIVE_INFINITY) {
  const methods = {
    getItem: (/** @type {string} */ key) => (Object.hasOwn(storage, key) ? storage[key] : null),
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
      if (value.length > quota) throw new DOMException('full', 'QuotaExceededError');
      storage[key] = value;
    },
    removeItem: (/** @type {string} */ key) => delete storage[key],
  };
  /** @type {any} */
  const storage = Object.create(methods);
  Object.defineProperty(storage, 'length', { get: () => Object.keys(storage).length });
  return storage;
}
