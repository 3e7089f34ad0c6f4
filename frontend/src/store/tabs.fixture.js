/** @import { OtherTabs } from './tab-sync.js' */
/** @import { Change } from './write-behind.js' */

/**
 * Tabs of one browser, without a browser.
 * @param {number} count
 * @returns {OtherTabs[]}
 */
export function tabs(count) {
  /** @type {((changes: Change[]) => void)[]} */
  const hearers = [];
  /** @type {Map<string, Promise<unknown>>} */
  const held = new Map();
  return Array.from({ length: count }, (_, self) => ({
    tell: changes => {
      const others = hearers.filter((_hear, at) => at !== self);
      for (const hear of others) hear(structuredClone(changes));
    },
    listen: hear => {
      hearers[self] = hear;
    },
    hold: answer => {
      let release = () => {};
      const holding = new Promise(resolve => {
        release = () => resolve(held.delete(answer));
      });
      held.set(answer, holding);
      return release;
    },
    isHeld: async answer => held.has(answer),
    ended: async answer => void (await held.get(answer)),
  }));
}
