/** @import { Change } from './write-behind.js' */
/** @typedef {ReturnType<typeof tabSync>} OtherTabs */

const name = 'minimal-chatbot';

/**
 * The same page in other tabs: tells them what was written here, hears what was written there, and
 * knows which answers are still being written. A page without HTTPS has no locks: there an answer
 * that another tab is writing counts as interrupted until it goes on.
 */
export function tabSync() {
  const channel = new BroadcastChannel(name);
  return { tell, listen, hold, isHeld, ended };

  /** @param {Change[]} changes */
  function tell(changes) {
    channel.postMessage(changes);
  }

  /** @param {(changes: Change[]) => void} hear */
  function listen(hear) {
    channel.onmessage = ({ data }) => hear(data);
  }

  /**
   * Marks an answer as being written by this tab.
   * @param {string} answer
   * @returns {() => void}  for when it is not any more; a tab that dies need not say so
   */
  function hold(answer) {
    let release = () => {};
    const held = new Promise(resolve => {
      release = () => resolve(undefined);
    });
    navigator.locks?.request(lock(answer), () => held);
    return release;
  }

  /** Whether some tab is writing this answer. @param {string} answer */
  async function isHeld(answer) {
    return navigator.locks?.request(lock(answer), { ifAvailable: true }, got => got === null);
  }

  /** Resolves when no tab is writing this answer any more. @param {string} answer */
  async function ended(answer) {
    return navigator.locks?.request(lock(answer), () => {}) ?? new Promise(() => {});
  }
}

/** @param {string} answer */
function lock(answer) {
  return `${name}/${answer}`;
}
