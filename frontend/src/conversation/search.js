import { fold, matches } from './fold.js';

/** @import { Message, Summary } from './conversation.js' */

/**
 * What was found in a conversation. `context` reads the part of a message that contains words of the
 * query which the title does not, or an empty text.
 * @typedef {{ words: string[], context: () => string }} Found
 */
/** @typedef {{ title: string, texts: string[], folded: string[] }} Entry  the title is folded */

const CONTEXT_BEFORE = 30; // characters before the first match
const CONTEXT_LENGTH = 160;

/**
 * Search of titles and messages, without regard to case and accents. A conversation matches if it
 * contains every word of the query, also as a part of a word.
 * @param {Summary[]} list
 * @param {Message[]} messages
 * @returns {(query: string) => Map<string, Found>}  by the ids of the conversations
 */
export function search(list, messages) {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  for (const { id, title } of list) entries.set(id, { title: fold(title), texts: [], folded: [] });
  for (const { conversation, text } of messages) {
    entries.get(conversation)?.texts.push(text);
    entries.get(conversation)?.folded.push(fold(text));
  }
  return query => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    /** @type {Map<string, Found>} */
    const found = new Map();
    for (const [id, entry] of entries) {
      const others = words.filter(word => !entry.title.includes(word));
      if (others.every(word => entry.folded.some(text => text.includes(word))))
        found.set(id, { words, context: () => context(entry, others) });
    }
    return found;
  };
}

/**
 * The surroundings of the first match in the message with the most of the words, as one line
 * without Markdown.
 * @param {Entry} entry
 * @param {string[]} words
 */
function context({ texts, folded }, words) {
  if (words.length === 0) return '';
  const counts = folded.map(text => words.filter(word => text.includes(word)).length);
  const best = counts.indexOf(Math.max(...counts));
  const start = firstMatch(texts[best], folded[best], words);
  const from = Math.max(0, start - CONTEXT_LENGTH);
  const source = texts[best].slice(from, start + 2 * CONTEXT_LENGTH);
  const plain = oneLine(source.replace(/[*_`#|~>]+/g, ' '));
  const [[at] = [-1]] = matches(plain, words);
  if (at < 0) return oneLine(source.slice(start - from)); // the match contains Markdown
  if (from === 0 && at <= CONTEXT_BEFORE) return plain.slice(0, CONTEXT_LENGTH);
  const cut = Math.max(0, at - CONTEXT_BEFORE);
  const space = plain.indexOf(' ', cut);
  const begin = space >= 0 && space < at ? space + 1 : cut; // there may be no spaces, as in Chinese
  return `…${plain.slice(begin, begin + CONTEXT_LENGTH)}`.toWellFormed();
}

/**
 * @param {string} text
 * @param {string} folded
 * @param {string[]} words
 */
function firstMatch(text, folded, words) {
  const at = words.map(word => folded.indexOf(word)).filter(index => index >= 0);
  if (text.length === folded.length) return Math.min(...at);
  return matches(text, words)[0]?.[0] ?? 0;
}

/** @param {string} text */
function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim();
}
