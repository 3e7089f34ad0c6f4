import { element } from '../element.js';
import { renderStrings as words } from '../strings/render.js';
import { copy } from './copy.js';
import { language } from './language.js';
import { patchText } from './patch-text.js';
import { visibleText } from './visible-text.js';

const CONFIRMATION_MS = 1500;

/**
 * A `figure` with the language, a Copy button and the code. The code is one text node until it is
 * complete and highlighted. Dispatches a bubbling `announce` event with the result of copying.
 * @param {string} info  the info string of the fence
 */
export function codeBlock(info) {
  const { name, grammar } = language(info);
  const label = element('span', { className: 'code-block-language' }, name);
  const copyLabel = words.copyCode(name);
  const copyProperties = { className: 'code-block-copy', type: 'button', 'aria-label': copyLabel };
  const button = element('button', copyProperties, words.copy);
  const text = document.createTextNode('');
  const code = element('code', { className: 'code-block-code' }, text);
  const group = { tabIndex: 0, role: 'group', 'aria-label': words.code(name) };
  const scroll = element('pre', { className: 'code-block-scroll', ...group }, code);
  const header = element('figcaption', { className: 'code-block-header' }, label, button);
  const properties = { className: 'code-block', dir: 'ltr', translate: false };
  const figure = element('figure', properties, header, scroll);
  let source = ''; // unless it is the visible text: a slice of the answer would keep more of it
  let finished = false;

  button.addEventListener('click', async () => {
    const copied = await copy(source || code.textContent);
    const detail = copied ? words.copied : words.notCopied;
    button.dispatchEvent(new CustomEvent('announce', { bubbles: true, detail }));
    button.textContent = copied ? words.copied : words.failed;
    setTimeout(() => {
      button.textContent = words.copy;
    }, CONFIRMATION_MS);
  });
  return { node: figure, update };

  /**
   * @param {{ text: string, closed: boolean }} code  all of the code so far
   * @param {boolean} final
   */
  function update({ text: all, closed }, final) {
    const data = visibleText(all);
    source = data === all ? '' : all;
    if (data !== text.data) {
      patchText(text, data);
      if (text.parentNode !== code) code.replaceChildren(text);
    }
    if (finished || !grammar || !(closed || final)) return;
    finished = true;
    highlightCode(grammar).catch(() => {}); // stays plain if the grammar cannot be loaded
  }

  /** @param {string} grammar */
  async function highlightCode(grammar) {
    const { highlight } = await import('./highlight.js');
    const { data } = text;
    const highlighted = await highlight(data, grammar);
    await deselection(code);
    if (highlighted && data === text.data) code.replaceChildren(highlighted);
  }
}

/**
 * Waits until the selection is outside the node: replacing the text node would remove it.
 * @param {Node} node
 */
async function deselection(node) {
  while (isSelected(node)) {
    await new Promise(resolve =>
      document.addEventListener('selectionchange', resolve, { once: true }),
    );
  }
}

/** @param {Node} node */
function isSelected(node) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed) return false;
  return selection.getRangeAt(0).intersectsNode(node);
}
