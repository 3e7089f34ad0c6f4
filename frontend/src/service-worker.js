/** @typedef {Event & { waitUntil: (work: Promise<unknown>) => void }} Lifetime */
/** @typedef {Event & { request: Request, respondWith: (answer: Promise<Response>) => void }} Fetched */

// The files of the page itself, put here by the build. Nothing else is ever kept: not where the
// gateway is, and no word of a conversation.
const { version, files } = { version: '', files: [''] };

const home = new URL('./', location.href).href;
const shell = new Set(files.map(file => new URL(file, home).href));

addEventListener('install', event =>
  /** @type {Lifetime} */ (event).waitUntil(
    caches
      .open(version)
      .then(cache => cache.addAll([...shell].map(url => new Request(url, { cache: 'no-cache' })))),
  ),
);

// Only once no page is left that was made of the files before: such a page may still want them.
addEventListener('activate', event =>
  /** @type {Lifetime} */ (event).waitUntil(
    caches
      .keys()
      .then(names => Promise.all(names.filter(isOlder).map(name => caches.delete(name)))),
  ),
);

addEventListener('fetch', event => {
  const { request, respondWith } = /** @type {Fetched} */ (event);
  const answer = respondWith.bind(event);
  if (request.method !== 'GET' || !shell.has(request.url.replace(/#.*/, ''))) return;
  if (request.mode === 'navigate') answer(fetch(request).catch(() => kept(request)));
  else answer(kept(request).then(response => response ?? fetch(request)));
});

/**
 * @param {Request} request
 * @returns {Promise<any>}
 */
function kept(request) {
  return caches.match(request, { cacheName: version });
}

/** @param {string} name */
function isOlder(name) {
  return name.startsWith('minimal-chatbot-') && name !== version;
}
