import { element } from '../element.js';

const REVOKE_DELAY_MS = 60_000; // a browser may ask for a location before it reads the URL

/**
 * Saves a text as a file, in parts, because a string has a limit.
 * @param {string} name
 * @param {string} type
 * @param {string[]} parts
 */
export function download(name, type, parts) {
  const href = URL.createObjectURL(new Blob(parts, { type }));
  element('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), REVOKE_DELAY_MS);
}
