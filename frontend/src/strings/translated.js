// The script of index.html imports the texts of another language, unless the page is in English. The
// plugin `languages` lets this module await them: a bundler that sees that would split the application.
/** @type {Record<string, any>} */
const texts = /** @type {any} */ (globalThis).translation ?? {};

/**
 * The text of a module in the language of the page.
 * @template T
 * @param {string} name  of `Texts` in languages/english.js
 * @param {T} english  also where the texts of the language could not be loaded
 * @returns {T}
 */
export function translated(name, english) {
  return texts[name] ?? english;
}
