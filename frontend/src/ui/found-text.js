import { matches } from '../conversation/fold.js';
import { element } from '../element.js';

/** @import { Found } from '../conversation/search.js' */
/** @typedef {(title: string) => Node[]} FoundText */

const contextClasses = 'block truncate pb-1 text-note font-normal text-muted';
const markClasses = 'rounded-xs bg-mark text-text forced-colors:bg-[Mark]';

/**
 * The title of a conversation that was found, and the text that was found in it, with the words of
 * the query marked.
 * @param {string} title
 * @param {Found} found
 */
export function foundText(title, { words, context }) {
  const text = context();
  const nodes = [
    element('span', { className: 'block truncate', dir: 'auto' }, ...marked(title, words)),
  ];
  if (text === '') return nodes;
  const properties = { className: contextClasses, dir: 'auto' };
  return [...nodes, element('span', properties, ...marked(text, words))];
}

/**
 * @param {string} text
 * @param {string[]} words
 */
function marked(text, words) {
  let end = 0;
  const nodes = matches(text, words).flatMap(([start, next]) => {
    const before = text.slice(end, start);
    end = next;
    return [before, element('mark', { className: markClasses }, text.slice(start, next))];
  });
  return [...nodes, text.slice(end)];
}
