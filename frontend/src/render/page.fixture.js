import { Window } from 'happy-dom';
import { markdown } from './markdown.js';

const window = new Window({ url: 'https://page.example/' });
const { document, CustomEvent, HTMLElement, Event, MutationObserver } = window;
Object.assign(globalThis, { document, CustomEvent, HTMLElement, Event, MutationObserver });

export function emptyRoot() {
  return globalThis.document.createElement('div');
}

/**
 * @param {string[]} texts
 * @returns {HTMLElement}  the answer as it is after all of them
 */
export function settled(...texts) {
  const root = emptyRoot();
  const answer = markdown(root);
  for (const text of texts) answer.write(text);
  answer.settle();
  return root;
}

/**
 * @param {string} text
 * @returns {HTMLElement}  the answer as it is while more is awaited
 */
export function growing(text) {
  const root = emptyRoot();
  markdown(root).write(text);
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
 * A node in words that can be compared: attributes in order, texts quoted, code blocks in short.
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
