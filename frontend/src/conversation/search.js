/** @import { Message, Summary } from './conversation.js' */

/**
 * Case-insensitive search of titles and messages. A conversation matches if it contains every word
 * of the query, also as a part of a word.
 * @param {Summary[]} list
 * @param {Message[]} messages
 * @returns {(query: string) => Set<string>}  ids of the matches
 */
export function search(list, messages) {
  const texts = new Map(list.map(({ id, title }) => [id, [title.toLowerCase()]]));
  for (const { conversation, text } of messages) texts.get(conversation)?.push(text.toLowerCase());
  return query => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = [...texts].filter(([, parts]) =>
      words.every(word => parts.some(part => part.includes(word))),
    );
    return new Set(matches.map(([id]) => id));
  };
}
