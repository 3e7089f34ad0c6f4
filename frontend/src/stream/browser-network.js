/**
 * `watch` reports when the browser is online again, which may have another network then, and when the
 * page is shown again; it returns what ends the reports.
 * @typedef {object} Network
 * @property {() => boolean} isOnline
 * @property {(listener: (change: 'online' | 'shown') => void) => () => void} watch
 */

const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;
const RETRY_MS = 5000;

let isLocal = false; // the gateway is on this computer, and needs no network
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @type {Network} */
export const browserNetwork = {
  isOnline: () => navigator.onLine || isLocal,
  watch(listener) {
    const onOnline = () => listener('online');
    const onVisible = () => document.visibilityState === 'visible' && listener('shown');
    addEventListener('online', onOnline);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      removeEventListener('online', onOnline);
      document.removeEventListener('visibilitychange', onVisible);
    };
  },
};

/**
 * Asks the gateway whether it runs, if it is on this computer: then it can be used while the browser
 * is offline.
 * @param {() => void} askAgain  called after a while if it does not
 * @returns {Promise<boolean>}  whether it can be used
 */
export async function findLocalGateway(askAgain) {
  clearTimeout(timer);
  if (LOOPBACK.test(location.hostname)) {
    const request = fetch('/health', { cache: 'no-store' });
    isLocal = await request.then(({ ok }) => ok).catch(() => false);
    if (!browserNetwork.isOnline()) timer = setTimeout(askAgain, RETRY_MS);
  }
  return browserNetwork.isOnline();
}
