/** @import { Change } from './write-behind.js' */
/** @typedef {ReturnType<typeof tabSync>} TabSync */

const CHANNEL = 'minimal-chatbot';

/**
 * Synchronises the tabs of the page: broadcasts what was saved, and locks the answers that a tab is
 * streaming. Without Web Locks (outside secure contexts) an answer of another tab counts as
 * interrupted until its next change arrives.
 */
export function tabSync() {
  const channel = openChannel();
  return { broadcast, listen, canLock: 'locks' in navigator, lock, isLocked };

  /** @param {Change[]} changes */
  function broadcast(changes) {
    channel?.postMessage(changes);
  }

  /** @param {(changes: Change[]) => void} listener */
  function listen(listener) {
    if (channel) channel.onmessage = ({ data }) => listener(data);
  }

  /**
   * Locks an answer while this tab streams it, after each tab that has it or waits for it. The browser
   * releases the lock of a closed tab.
   * @param {string} answer
   * @returns {Promise<() => void>}  releases the lock; never resolves without Web Locks
   */
  function lock(answer) {
    return new Promise(resolve => {
      navigator.locks
        ?.request(lockName(answer), () => new Promise(release => resolve(() => release(undefined))))
        .catch(() => {}); // the browser refuses storage, in which there is no answer of another tab
    });
  }

  /** Whether a tab is streaming this answer. Undefined without Web Locks. @param {string} answer */
  async function isLocked(answer) {
    const options = { ifAvailable: true };
    return navigator.locks
      ?.request(lockName(answer), options, lock => lock === null)
      .catch(() => undefined);
  }
}

/** Undefined if the browser refuses it, as Firefox does with the cookies of the page blocked. */
function openChannel() {
  try {
    return new BroadcastChannel(CHANNEL);
  } catch {
    return undefined;
  }
}

/** @param {string} answer */
function lockName(answer) {
  return `${CHANNEL}/${answer}`;
}
