import { Window } from 'happy-dom';
import temml from 'temml';
import { markdown } from './markdown.js';

const window = new Window({ url: 'https://page.example/' });
const { document, CustomEvent, HTMLElement, Event, MutationObserver } = window;
Object.assign(globalThis, { document, CustomEvent, HTMLElement, Event, MutationObserver });
Object.assign(globalThis, { temml }); // for the script with the commands of chemistry

export function emptyRoot() {
  return globalThis.document.createElement('div');
}

/**
 * @param {string[]} texts
 * @returns {HTMLElement}  the rendered answer after the stream has ended
 */
export function finished(...texts) {
  const root = emptyRoot();
  const answer = markdown(root);
  for (const text of texts) answer.append(text);
  answer.finish();
  return root;
}

/**
 * @param {string} text
 * @returns {HTMLElement}  the rendered answer while more text can follow
 */
export function incomplete(text) {
  const root = emptyRoot();
  markdown(root).append(text);
  return root;
}

/**
 * @param {string} text
 * @param {number} size
 */
export function cut(text, size) {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
    text.slice(i * size, (i + 1) * size),
  );
}

/**
 * Serializes a node for comparison: attributes sorted, texts quoted.
 * @param {Node} node
 * @returns {string}
 */
export function shape(node) {
  if (node.nodeType === node.TEXT_NODE) return JSON.stringify(node.textContent);
  const element = /** @type {Element} */ (node);
  const tag = element.tagName.toLowerCase();
  const attributes = element
    .getAttributeNames()
    .sort()
    .map(name => ` ${name}=${JSON.stringify(element.getAttribute(name))}`)
    .join('');
  return `<${tag}${attributes}>${inside(node)}</${tag}>`;
}

/** @param {Node} node */
export function inside(node) {
  return [...node.childNodes].map(shape).join('');
}
