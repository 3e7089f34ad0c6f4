const script = 'sw.js';

/**
 * Lets the page start without a network, once the browser has nothing more urgent to do. The script
 * is the only one that the page's Trusted Types policy lets be started by its address.
 */
export function registerServiceWorker() {
  if (import.meta.env.DEV || !navigator.serviceWorker) return;
  addEventListener('load', () => {
    /** @type {{ createPolicy: (name: string, rules: object) => { createScriptURL: (url: string) => string } } | undefined} */
    const trusted = Reflect.get(globalThis, 'trustedTypes');
    const policy = trusted?.createPolicy('app', { createScriptURL: () => script });
    navigator.serviceWorker.register(policy?.createScriptURL(script) ?? script).catch(() => {});
  });
}
