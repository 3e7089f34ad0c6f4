import { element } from '../element.js';
import { styleSheet } from '../ui/style-sheet.js';
import { clipboardHtml } from './clipboard-html.js';
import { isChemical, mathml } from './mathml.js';

const SLICE_MS = 5; // of a frame
const LONG = 24; // characters of TeX; measuring costs a layout

const delimited = /^(\\\(|\\\[|\$\$)(.*)(?:\\\)|\\\]|\$\$)([.,;]?)$/s;

const styled = styleSheet(new URL('./formulas.css', import.meta.url).href).catch(() => {});
let running = false;

/** The formulas that wait for the commands of chemistry. @type {Set<HTMLElement>} */
const chemical = new Set();
let hasChemistry = false;

/** Loads those commands. @type {(() => Promise<void>) | undefined} */
let load;

/**
 * Sets formulas in slices, so that a stored conversation with many of them stays responsive.
 * @param {Set<HTMLElement>} waiting  elements with TeX and its delimiters; emptied
 * @param {string} label  of a formula that can be scrolled
 */
export async function typeset(waiting, label) {
  if (running) return;
  running = true;
  await styled;
  while (waiting.size) {
    setSlice(waiting, label);
    if (waiting.size) await new Promise(resolve => setTimeout(resolve));
  }
  running = false;
}

/**
 * @param {Set<HTMLElement>} waiting
 * @param {string} label
 */
function setSlice(waiting, label) {
  const end = performance.now() + SLICE_MS;
  /** @type {HTMLElement[]} */
  const long = [];
  const { size } = chemical;
  for (const node of waiting) {
    waiting.delete(node);
    if (!node.isConnected) continue;
    if (!hasChemistry && isChemical(node.textContent ?? '')) chemical.add(node);
    else if (set(node) && isLong(node)) long.push(node);
    if (performance.now() > end) break;
  }
  load ??= chemistryLoader(waiting, label);
  if (chemical.size > size) load();
  // What does not fit into the column can be scrolled, by keyboard too.
  for (const node of long.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth))
    Object.assign(node, { tabIndex: 0, role: 'group', ariaLabel: label });
}

/**
 * Loads the commands of chemistry at the first formula that has them, and again at the next one or once
 * online if that fails.
 * @param {Set<HTMLElement>} waiting
 * @param {string} label
 */
function chemistryLoader(waiting, label) {
  let isLoading = false;
  return load;

  async function load() {
    if (isLoading) return;
    isLoading = true;
    try {
      await import('./chemistry.js');
      hasChemistry = true;
      for (const node of chemical) waiting.add(node);
      chemical.clear();
      typeset(waiting, label);
    } catch {
      addEventListener('online', load, { once: true }); // the same one only once
    }
    isLoading = false;
  }
}

/** Whether a formula in a line may be wider than the column. @param {HTMLElement} node */
function isLong({ className, dataset }) {
  return className === 'maths' && (dataset.tex ?? '').length > LONG;
}

/**
 * @param {HTMLElement} node
 * @returns {boolean}  whether the formula is set
 */
function set(node) {
  const source = node.textContent ?? '';
  const [, opening, tex, end] = delimited.exec(source) ?? [];
  if (!opening) return false;
  try {
    node.replaceChildren(mathml(tex + end, opening !== '\\('));
    node.dataset.tex = source;
    return true;
  } catch {
    return false; // stays as it is written
  }
}

document.addEventListener('copy', copySelection);

/** Copies a selection with TeX in the place of its formulas. @param {ClipboardEvent} event */
function copySelection(event) {
  const selection = getSelection();
  const inField = /** @type {Partial<Element>} */ (event.target).closest?.('input, textarea');
  if (inField || !selection || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const formulas = [
    .../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-tex]')),
  ];
  const selected = formulas.filter(node => range.intersectsNode(node));
  if (selected.length === 0) return;
  if (selected[0].contains(range.startContainer)) range.setStartBefore(selected[0]);
  const last = selected[selected.length - 1];
  if (last.contains(range.endContainer)) range.setEndAfter(last);

  // The browser makes text of what is laid out, so that the selection has the TeX for this moment.
  const restore = selected.map(showSource);
  event.clipboardData?.setData('text/plain', `${selection}`);
  event.clipboardData?.setData(
    'text/html',
    clipboardHtml(element('div', {}, range.cloneContents())),
  );
  for (const each of restore) each();
  event.preventDefault();
}

/**
 * @param {HTMLElement} node
 * @returns {() => void}  shows the formula again
 */
function showSource(node) {
  const { tex } = node.dataset;
  const math = node.firstElementChild ?? '';
  delete node.dataset.tex;
  node.replaceChildren(element('code', {}, tex ?? ''));
  return () => {
    node.dataset.tex = tex;
    node.replaceChildren(math);
  };
}
