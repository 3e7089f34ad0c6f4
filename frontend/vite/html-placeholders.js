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

/** What a placeholder can name. */
export const values = {
  strings: pageStrings,
  classes: { ...classes, ...onDemandClasses, ...classes.pageClasses },
};

/**
 * Fills the placeholders of index.html, such as `{{strings.greeting}}` and `{{classes.icon}}`, in
 * development and in the build, before the other plugins read the page. A place of the brand, such
 * as `{{brand.title}}`, and each text get marks, because the brand and the language can be others at
 * every start.
 * @param {(place: string) => string} brandPlace
 * @param {(path: string, text: string) => string} textPlace  of an escaped text
 * @returns {import('vite').Plugin}
 */
export function htmlPlaceholders(brandPlace, textPlace) {
  return {
    name: 'html-placeholders',
    transformIndexHtml: {
      order: 'pre',
      handler: html => fill(minify(html), values, brandPlace, textPlace),
    },
  };
}

/**
 * @param {string} html
 * @param {object} values
 * @param {(place: string) => string} brandPlace
 * @param {(path: string, text: string) => string} [textPlace]  of an escaped text
 * @throws {Error} if a placeholder names no text
 */
export function fill(html, values, brandPlace, textPlace = (_path, text) => text) {
  return html.replace(PLACEHOLDER, (placeholder, path) => {
    const [, place] = /^brand\.(\w+)$/.exec(path) ?? [];
    if (place) return brandPlace(place);
    const text = path
      .split('.')
      .reduce((/** @type {any} */ value, /** @type {string} */ key) => value?.[key], values);
    if (typeof text !== 'string') throw new Error(`index.html: ${placeholder} names no text`);
    const escaped = escapeHtml(text);
    return path.startsWith('strings.') ? textPlace(path, escaped) : escaped;
  });
}

/** @param {string} text */
export function escapeHtml(text) {
  return text.replace(/[&<>"]/g, character => ESCAPES[character]);
}

/** Removes comments and indentation. @param {string} html */
function minify(html) {
  return html.replace(/<!--.*?-->/gs, '').replace(/\n\s+/g, '\n');
}
