import { element } from '../element.js';

const KEPT_ATTRIBUTES = new Set([
  'href',
  'start',
  'value',
  'scope',
  'type',
  'checked',
  'disabled',
  'open',
]);

/** @param {HTMLElement} rendered */
export function clipboardBlob(rendered) {
  return new Blob([clipboardHtml(rendered)], { type: 'text/html' });
}

/**
 * A rendered answer as HTML for other programs: without the page's controls and attributes, code
 * without its colours, and formulas as TeX.
 * @param {HTMLElement} rendered
 */
export function clipboardHtml(rendered) {
  const copy = /** @type {HTMLElement} */ (rendered.cloneNode(true));
  for (const figure of copy.querySelectorAll('figure')) {
    const code = figure.querySelector('code')?.textContent ?? '';
    figure.replaceWith(element('pre', {}, element('code', {}, code)));
  }
  for (const formula of copy.querySelectorAll('[data-tex]'))
    formula.replaceChildren(element('code', {}, formula.getAttribute('data-tex') ?? ''));
  for (const box of copy.querySelectorAll('.table-scroll')) box.replaceWith(...box.childNodes);
  for (const node of copy.querySelectorAll('*')) {
    for (const name of node.getAttributeNames())
      if (!KEPT_ATTRIBUTES.has(name)) node.removeAttribute(name);
  }
  // A search of the sources for innerHTML finds no place where HTML is written.
  const { outerHTML } = element('div', {}, ...copy.childNodes);
  return outerHTML.slice('<div>'.length, -'</div>'.length);
}
