import { translated } from './translated.js';

/** The text of what can be chosen beside the composer. */
export const optionStrings = translated('options', {
  model: 'Model',
  modelLeft: (/** @type {string} */ model, /** @type {string} */ other) =>
    `${model} is no longer available. This conversation goes on with ${other}.`,
  webSearch: 'Search the web',
  webSearchTitle: 'Search the web: what you ask goes to a search engine, too',
});
