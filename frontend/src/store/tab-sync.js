/** @import { Change } from './write-behind.js' */
/** @typedef {ReturnType<typeof tabSync>} TabSync */

const CHANNEL = 'minimal-chatbot';

/**
 * Synchronises the tabs of the page: broadcasts what was saved, and locks the answers that a tab is
 * streaming. Without Web Locks (outside secure contexts) an answer of another tab counts as
 * interrupted until its next change arrives.
 */
export function tabSync() {
  const channel = new BroadcastChannel(CHANNEL);
  return { broadcast, listen, lock, isLocked, whenReleased };

  /** @param {Change[]} changes */
  function broadcast(changes) {
    channel.postMessage(changes);
  }

  /** @param {(changes: Change[]) => void} listener */
  function listen(listener) {
    channel.onmessage = ({ data }) => listener(data);
  }

  /**
   * Locks an answer while this tab streams it. The browser releases the lock of a closed tab.
   * @param {string} answer
   * @returns {() => void}  releases the lock
   */
  function lock(answer) {
    let release = () => {};
    const released = new Promise(resolve => {
      release = () => resolve(undefined);
    });
    navigator.locks?.request(lockName(answer), () => released);
    return release;
  }

  /** Whether a tab is streaming this answer. @param {string} answer */
  async function isLocked(answer) {
    const options = { ifAvailable: true };
    return navigator.locks?.request(lockName(answer), options, lock => lock === null);
  }

  /** Resolves when no tab is streaming this answer. @param {string} answer */
  async function whenReleased(answer) {
    return navigator.locks?.request(lockName(answer), () => {}) ?? new Promise(() => {});
  }
}

/** @param {string} answer */
function lockName(answer) {
  return `${CHANNEL}/${answer}`;
}
