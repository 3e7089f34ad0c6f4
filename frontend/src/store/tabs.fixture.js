/** @import { TabSync } from './tab-sync.js' */
/** @import { Change } from './write-behind.js' */

/**
 * Tabs of one browser, in memory.
 * @param {number} count
 * @returns {TabSync[]}
 */
export function tabs(count) {
  /** @type {((changes: Change[]) => void)[]} */
  const listeners = [];
  /** @type {Map<string, Promise<unknown>>} */
  const locks = new Map(); // the last one that was requested, until it is released
  return Array.from({ length: count }, (_, self) => ({
    broadcast: changes => {
      const others = listeners.filter((_listener, tab) => tab !== self);
      for (const listener of others) listener(structuredClone(changes));
    },
    listen: listener => {
      listeners[self] = listener;
    },
    lock: async answer => {
      const before = locks.get(answer);
      let release = () => {};
      const released = new Promise(resolve => {
        release = () => resolve(locks.get(answer) === released && locks.delete(answer));
      });
      locks.set(answer, released);
      await before;
      return release;
    },
    canLock: true,
    isLocked: async answer => locks.has(answer),
  }));
}
