import { counted } from './strings.js';
import { translated } from './translated.js';

/** The text of the turns, which is loaded with the transcript. */
export const turnStrings = translated('turns', {
  copyAnswer: 'Copy answer',
  copied: 'Copied',
  notCopied: 'Could not copy',
  copyMessage: 'Copy message',
  regenerate: 'Regenerate',
  readAloud: 'Read aloud',
  stopReading: 'Stop reading',
  versions: 'Versions',
  previousVersion: 'Previous version',
  nextVersion: 'Next version',
  version: (/** @type {number} */ at, /** @type {number} */ count) => `Version ${at} of ${count}`,
  versionOf: (/** @type {string} */ turn, /** @type {number} */ at, /** @type {number} */ count) =>
    `${turn}, ${at} of ${count}`,
  showAll: 'Show all',
  showLess: 'Show less',
  thinking: (/** @type {number} */ seconds) => `Thinking… ${seconds} s`,
  meta: {
    firstText: (/** @type {string} */ seconds) => `${seconds} s to the first word`,
    speed: (/** @type {number} */ rate) => `${rate} t/s`,
    tokens: (/** @type {number} */ count) => counted(count, 'token'),
  },
});
