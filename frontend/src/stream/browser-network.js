/**
 * `watch` reports when the browser is online again, which may have another network then, and when the
 * page is shown again; it returns what ends the reports.
 * @typedef {object} Network
 * @property {() => boolean} isOnline
 * @property {(listener: (change: 'online' | 'shown') => void) => () => void} watch
 */

/** @type {Network} */
export const browserNetwork = {
  isOnline: () => navigator.onLine,
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
