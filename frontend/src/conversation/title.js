import { messageParts } from './message-parts.js';

const MAX_TITLE_LENGTH = 60; // code points
const MAX_LINE_LENGTH = 500; // of what is read of a line

/**
 * Derives a title from the first question: from its first line with words, else from the name of an
 * attached file, else from its code.
 * @param {string} text
 */
export function title(text) {
  const parts = messageParts(text.trim());
  const from = (/** @type {string} */ type) => parts.filter(part => part.type === type);
  const candidates = [
    ...from('text').map(part => part.text),
    ...from('file').map(({ name }) => name),
    ...from('code').flatMap(part => [part.text, part.info]),
  ].flatMap(candidate => candidate.split('\n'));
  const line = candidates.find(hasWords) ?? candidates.find(candidate => candidate.trim()) ?? text;
  return shortened(withoutMarkup(line.slice(0, MAX_LINE_LENGTH)));
}

/** @param {string} line */
function hasWords(line) {
  return /[\p{Letter}\p{Number}]/u.test(line);
}

/** Without the Markdown of a heading, list, quotation, link, bold text and code. @param {string} line */
function withoutMarkup(line) {
  return line
    .trim()
    .replace(/^(?:(?:[#>*+-]+|\d{1,3}[.)])\s+)+(?:\[[ x]\]\s+)?/i, '')
    .replace(/!?\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|`+)(.+?)\1/g, '$2')
    .trim();
}

/** @param {string} line */
function shortened(line) {
  if ([...line].length <= MAX_TITLE_LENGTH) return line;
  const start = [...line].slice(0, MAX_TITLE_LENGTH - 1).join('');
  return `${start.replace(/\s+\S{0,12}$/, '')}…`;
}
