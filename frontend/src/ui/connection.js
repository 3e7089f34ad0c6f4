import { strings } from '../strings/strings.js';

/**
 * Shows a banner while the browser is offline. A message can still be written, but not sent.
 * @param {HTMLElement} banner
 * @param {(online: boolean) => void} onChange
 */
export function connection(banner, onChange) {
  addEventListener('online', () => change(strings.online));
  addEventListener('offline', () => change(strings.offline));
  if (!navigator.onLine) change(strings.offline);

  /** @param {string} detail */
  function change(detail) {
    banner.hidden = navigator.onLine;
    banner.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
    onChange(navigator.onLine);
  }
}
