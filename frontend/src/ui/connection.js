import { strings } from '../strings/strings.js';

/**
 * Shows a banner while the browser is offline, unless the gateway can be used without a network. A
 * message can still be written, but not sent.
 * @param {HTMLElement} banner
 * @param {(online: boolean) => void} onChange
 */
export function connection(banner, onChange) {
  addEventListener('online', update);
  addEventListener('offline', update);
  update();

  async function update() {
    const online =
      navigator.onLine ||
      (await import('../stream/resumable-stream.js').then(
        module => module.findLocalGateway(update),
        () => navigator.onLine,
      ));
    if (online === banner.hidden) return;
    banner.hidden = online;
    const detail = online ? strings.online : strings.offline;
    banner.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
    onChange(online);
  }
}
