import { scriptUrl } from './script-url.js';

/** Registers the service worker after the page has loaded. */
export function registerServiceWorker() {
  if (import.meta.env.DEV || !navigator.serviceWorker) return;
  addEventListener('load', () =>
    navigator.serviceWorker.register(scriptUrl('sw.js')).catch(() => {}),
  );
}
