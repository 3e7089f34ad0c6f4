/** @import { Summary } from './conversation.js' */
/** @import { Message } from './message.js' */

/**
 * Searches titles and messages. A conversation is found if every word of the query is somewhere in
 * it, in any case; words need not be whole, for the reader may still be typing.
 * @param {Summary[]} list
 * @param {Message[]} messages
 * @returns {(query: string) => Set<string>}  ids
 */
export function search(list, messages) {
  const texts = new Map(list.map(({ id, title }) => [id, [title.toLowerCase()]]));
  for (const { conversation, text } of messages) texts.get(conversation)?.push(text.toLowerCase());
  return query => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [...texts].filter(([, parts]) => words.every(word => isIn(parts, word)));
    return new Set(found.map(([id]) => id));
  };
}

/**
 * @param {string[]} parts
 * @param {string} word
 */
function isIn(parts, word) {
  return parts.some(part => part.includes(word));
}
