/** What was searched, and what an answer cites. All of it comes from strangers. */

/** @typedef {{ type: 'web' | 'file', index?: number, query?: string, url?: string }} Search */
/** @typedef {{ url: string, title?: string } | { filename: string }} Source */

const MAX_SOURCES = 20;
const MAX_TITLE_LENGTH = 200; // characters, as of a file name
const MAX_QUERY_LENGTH = 500;
const MAX_URL_LENGTH = 2048;
const WEB = /^https?:$/;
const TRACKING = /^utm_[a-z]+=/i;
// Line breaks, other control characters, and those that change the direction of the text after them.
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * @param {unknown} address
 * @param {unknown} title
 * @returns {Source | undefined}
 */
export function webSource(address, title) {
  const url = webAddress(address);
  const shown = oneLine(title, MAX_TITLE_LENGTH);
  return url ? { url, ...(shown && { title: shown }) } : undefined;
}

/**
 * @param {unknown} name
 * @returns {Source | undefined}
 */
export function fileSource(name) {
  const filename = oneLine(name, MAX_TITLE_LENGTH);
  return filename ? { filename } : undefined;
}

/**
 * @param {Source[]} sources
 * @param {Source} source
 * @returns {Source[]}  the same if it is known, or if there are enough
 */
export function withSource(sources, source) {
  const isKnown = sources.some(known => keyOf(known) === keyOf(source));
  return isKnown || sources.length >= MAX_SOURCES ? sources : [...sources, source];
}

/**
 * What is known of a search: its query, or the page that is read.
 * @param {unknown} query
 * @param {unknown} address
 * @returns {{ query?: string, url?: string }}
 */
export function searchDetails(query, address) {
  const words = oneLine(query, MAX_QUERY_LENGTH);
  const url = webAddress(address);
  return { ...(words && { query: words }), ...(url && { url }) };
}

/** @param {Source} source */
function keyOf(source) {
  return 'url' in source ? source.url : `file ${source.filename}`;
}

/**
 * The address of a web page without a password and the parameters that only count visitors. The rest
 * of the query stays as it is written.
 * @param {unknown} address
 */
function webAddress(address) {
  if (typeof address !== 'string' || address.length > MAX_URL_LENGTH) return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !WEB.test(url.protocol)) return undefined;
  url.username = url.password = '';
  const parameters = url.search.slice(1).split('&');
  url.search = parameters.filter(parameter => !TRACKING.test(parameter)).join('&');
  return url.href;
}

/**
 * @param {unknown} text
 * @param {number} length  characters, at most
 */
function oneLine(text, length) {
  if (typeof text !== 'string') return '';
  const line = text
    .slice(0, 4 * length)
    .toWellFormed()
    .replace(CONTROLS, ' ');
  return line
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
}
