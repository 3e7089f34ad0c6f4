const svg = 'http://www.w3.org/2000/svg';

/**
 * One of the symbols of index.html.
 * @param {string} name
 */
export function icon(name) {
  const made = document.createElementNS(svg, 'svg');
  const use = document.createElementNS(svg, 'use');
  made.setAttribute('class', 'icon');
  made.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#icon-${name}`);
  made.append(use);
  return made;
}
