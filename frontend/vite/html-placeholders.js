import { pageStrings } from '../src/strings/page.js';
import * as classes from '../src/ui/classes.js';
import * as onDemandClasses from '../src/ui/on-demand-classes.js';

const PLACEHOLDER = /\{\{([\w.]+)\}\}/g;
const ESCAPES = /** @type {Record<string, string>} */ ({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
});

/** @typedef {Partial<typeof pageStrings>} OwnText  text of the operator */

const MAX_DISCLOSURE_CHARACTERS = 300;

/**
 * What a placeholder can name.
 * @param {OwnText} [own]
 */
export const values = (own = {}) => ({
  strings: { ...pageStrings, ...own },
  classes: { ...classes, ...onDemandClasses, ...classes.pageClasses },
});

/**
 * The text that the environment replaces. The gateway reads the same variable with the same limits.
 * @param {Record<string, string | undefined>} environment
 * @returns {OwnText}
 * @throws {Error} with a one-line message
 */
export function ownText({ DISCLOSURE: disclosure = '' }) {
  if (disclosure === '') return {};
  if (disclosure.trim() === '')
    throw new Error('DISCLOSURE is blank: the sentence must be readable');
  if ([...disclosure].length > MAX_DISCLOSURE_CHARACTERS)
    throw new Error(`DISCLOSURE is longer than ${MAX_DISCLOSURE_CHARACTERS} characters`);
  return { disclosure };
}

/**
 * Fills the placeholders of index.html, such as `{{strings.greeting}}` and `{{classes.icon}}`, in
 * development and in the build, before the other plugins read the page.
 * @param {OwnText} own
 * @returns {import('vite').Plugin}
 */
export function htmlPlaceholders(own) {
  return {
    name: 'html-placeholders',
    transformIndexHtml: {
      order: 'pre',
      handler: html => fill(minify(html), values(own)),
    },
  };
}

/**
 * @param {string} html
 * @param {object} values
 * @throws {Error} if a placeholder names no text
 */
export function fill(html, values) {
  return html.replace(PLACEHOLDER, (placeholder, path) => {
    const text = path
      .split('.')
      .reduce((/** @type {any} */ value, /** @type {string} */ key) => value?.[key], values);
    if (typeof text !== 'string') throw new Error(`index.html: ${placeholder} names no text`);
    return text.replace(/[&<>"]/g, character => ESCAPES[character]);
  });
}

/** Removes comments and indentation. @param {string} html */
function minify(html) {
  return html.replace(/<!--.*?-->/gs, '').replace(/\n\s+/g, '\n');
}
