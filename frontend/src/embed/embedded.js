import { registerServiceWorker } from '../ui/register-service-worker.js';

/** @import { ModuleLoader } from '../ui/module-loader.js' */

/**
 * What depends on whether another site shows the page in a frame: the messages between both, or the
 * service worker, which is of no use in the storage of another site.
 * @param {ModuleLoader['load']} load
 * @param {Parameters<typeof import('./embed-mode.js').embedMode>[0]} parts
 */
export async function embedded(load, parts) {
  if (!('embed' in document.documentElement.dataset)) return registerServiceWorker();
  const { embedMode } = await load(() => import('./embed-mode.js'));
  embedMode(parts);
}
