/** @typedef {Event & { waitUntil: (promise: Promise<unknown>) => void }} ExtendableEvent */
/** @typedef {Event & { request: Request, respondWith: (response: Promise<Response>) => void }} FetchEvent */

// The files of the page, inserted by the build. Nothing else is cached, neither the configuration nor
// a conversation.
const { version, files } = { version: '', files: [''] };

const base = new URL('./', location.href).href;
const shell = new Set(files.map(file => new URL(file, base).href));

addEventListener('install', event =>
  /** @type {ExtendableEvent} */ (event).waitUntil(
    caches
      .open(version)
      .then(cache => cache.addAll([...shell].map(url => new Request(url, { cache: 'no-cache' })))),
  ),
);

// Runs when no page uses the previous version any more, so that its files can be deleted. A page of
// the first visit is controlled from here on: after a deploy its modules come from the cache.
addEventListener('activate', event =>
  /** @type {ExtendableEvent} */ (event).waitUntil(
    caches
      .keys()
      .then(names => Promise.all(names.filter(isOlder).map(name => caches.delete(name))))
      .then(() => Reflect.get(globalThis, 'clients').claim()),
  ),
);

addEventListener('fetch', event => {
  const { request, respondWith } = /** @type {FetchEvent} */ (event);
  const respond = respondWith.bind(event);
  if (request.method !== 'GET' || !shell.has(request.url.replace(/#.*/, ''))) return;
  if (request.mode === 'navigate') respond(fetch(request).catch(() => fromCache(request)));
  else respond(fromCache(request).then(response => response ?? fetch(request)));
});

/**
 * @param {Request} request
 * @returns {Promise<any>}
 */
function fromCache(request) {
  return caches.match(request, { cacheName: version });
}

/** @param {string} name */
function isOlder(name) {
  return name.startsWith('minimal-chatbot-') && name !== version;
}
