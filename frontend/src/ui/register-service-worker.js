import { scriptUrl } from './script-url.js';

/** Registers the service worker after the page has loaded. */
export function registerServiceWorker() {
  if (import.meta.env.DEV || !navigator.serviceWorker) return;
  const register = () => navigator.serviceWorker.register(scriptUrl('sw.js')).catch(() => {});
  // The texts of a language can arrive after the page has loaded.
  if (document.readyState === 'complete') register();
  else addEventListener('load', register);
}
