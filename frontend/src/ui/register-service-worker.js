const SCRIPT = 'sw.js';

/**
 * Registers the service worker after the page has loaded. The Trusted Types policy accepts this
 * script URL only.
 */
export function registerServiceWorker() {
  if (import.meta.env.DEV || !navigator.serviceWorker) return;
  addEventListener('load', () => {
    /** @type {{ createPolicy: (name: string, rules: object) => { createScriptURL: (url: string) => string } } | undefined} */
    const trusted = Reflect.get(globalThis, 'trustedTypes');
    const policy = trusted?.createPolicy('app', { createScriptURL: () => SCRIPT });
    navigator.serviceWorker.register(policy?.createScriptURL(SCRIPT) ?? SCRIPT).catch(() => {});
  });
}
