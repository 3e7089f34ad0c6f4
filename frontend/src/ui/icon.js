import { icon as classes } from './classes.js';

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/**
 * References a symbol of the sprite in index.html.
 * @param {string} name
 */
export function icon(name) {
  const root = document.createElementNS(SVG_NAMESPACE, 'svg');
  const use = document.createElementNS(SVG_NAMESPACE, 'use');
  root.setAttribute('class', classes);
  root.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#icon-${name}`);
  root.append(use);
  return root;
}
