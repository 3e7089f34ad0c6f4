/** @typedef {Event & { waitUntil: (promise: Promise<unknown>) => void }} ExtendableEvent */
/** @typedef {Event & { request: Request, respondWith: (response: Promise<Response>) => void }} FetchEvent */

// The files of the page, inserted by the build. Nothing else is cached, neither the configuration nor
// a conversation.
const page = { version: '', files: [''], language: '', languages: [''] };
const { version, files, language, languages } = page;

const MAX_WAIT_MS = 3000; // for a page that is also in the cache
const base = new URL('./', location.href).href;
const shell = new Set([...files, ...languageFiles()].map(file => new URL(file, base).href));

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
  if (request.mode === 'navigate') respond(pageFor(request));
  else respond(fromCache(request).then(response => response ?? fetch(request)));
});

/**
 * From the cache also while a proxy says that the host is down, or where the network is stalled.
 * @param {Request} request
 */
async function pageFor(request) {
  const cached = await fromCache(request);
  const fetched = fetch(request).catch(() => undefined);
  if (!cached) return fetched;
  const late = new Promise(resolve => setTimeout(resolve, MAX_WAIT_MS));
  const response = await Promise.race([fetched, late]);
  return (response?.status ?? 500) < 500 ? response : cached;
}

/**
 * Whatever header the response varies with: a request of a module has an `Origin`, that of the cache none.
 * @param {Request} request
 * @returns {Promise<any>}
 */
function fromCache(request) {
  return caches.match(request, { cacheName: version, ignoreVary: true });
}

/** The language of the page, chosen as the script of index.html does. English has no file. */
function languageFiles() {
  const wanted =
    language === 'auto' ? navigator.languages.map(tag => tag.split('-')[0]) : [language];
  const fileIn = (/** @type {string} */ tag) => languages.find(file => file.includes(`/${tag}-`));
  const own = wanted.find(tag => tag === 'en' || fileIn(tag));
  const file = fileIn(own ?? 'en');
  return file ? [file] : [];
}

/** @param {string} name */
function isOlder(name) {
  return name.startsWith('minimal-chatbot-') && name !== version;
}
