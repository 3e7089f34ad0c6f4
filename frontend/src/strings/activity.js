import { translated } from './translated.js';

/** The text of what a model does beside writing, and of the sources of an answer. */
export const activityStrings = translated('activity', {
  thinking: 'Thinking',
  thought: 'Thought',
  thoughtFor: (/** @type {string} */ time) => `Thought for ${time}`,
  seconds: (/** @type {number} */ count) => `${count} s`,
  minutes: (/** @type {number} */ minutes, /** @type {number} */ seconds) =>
    `${minutes} min ${seconds} s`,
  reasoning: 'Reasoning',
  shortened: 'The beginning is left out.',
  searchingFor: 'Searching: ',
  searchingWeb: 'Searching the web',
  reading: 'Reading ',
  searchingDocuments: 'Searching documents',
  searchedFor: 'Searched: ',
  searchedWeb: 'Searched the web',
  read: 'Read ',
  searchedDocuments: 'Searched documents',
  sources: (/** @type {number} */ count) => `Sources (${count})`,
});
