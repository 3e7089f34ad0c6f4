import { element } from '../element.js';

const KEPT_ATTRIBUTES = new Set(['href', 'start', 'scope', 'type', 'checked', 'disabled', 'open']);

/**
 * A rendered answer as HTML for other programs: without the page's controls and attributes, and code
 * without its colours.
 * @param {HTMLElement} rendered
 */
export function clipboardHtml(rendered) {
  const copy = /** @type {HTMLElement} */ (rendered.cloneNode(true));
  for (const figure of copy.querySelectorAll('figure')) {
    const code = figure.querySelector('code')?.textContent ?? '';
    figure.replaceWith(element('pre', {}, element('code', {}, code)));
  }
  for (const box of copy.querySelectorAll('.table-scroll')) box.replaceWith(...box.childNodes);
  for (const node of copy.querySelectorAll('*')) {
    for (const name of node.getAttributeNames())
      if (!KEPT_ATTRIBUTES.has(name)) node.removeAttribute(name);
  }
  return [...copy.children].map(child => child.outerHTML).join('\n');
}
