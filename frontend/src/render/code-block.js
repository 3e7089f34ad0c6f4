import { copy } from './copy.js';
import { language } from './language.js';
import { patchText } from './patch-text.js';

const CONFIRMATION_MS = 1500;

/**
 * A `figure` with the language, a Copy button and the code. The code is one text node until it is
 * complete and highlighted. Dispatches a bubbling `announce` event with the result of copying.
 * @param {string} info  the info string of the fence
 */
export function codeBlock(info) {
  const { name, grammar } = language(info);
  const figure = create('figure', 'code-block');
  const header = create('figcaption', 'code-block-header');
  const label = create('span', 'code-block-language');
  const button = create('button', 'code-block-copy');
  const scroll = create('pre', 'code-block-scroll');
  const code = create('code', 'code-block-code');
  const text = document.createTextNode('');
  let finished = false;

  figure.dir = 'ltr';
  label.textContent = name;
  button.textContent = 'Copy';
  button.setAttribute('type', 'button');
  button.setAttribute('aria-label', name ? `Copy ${name} code` : 'Copy code');
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'group');
  scroll.setAttribute('aria-label', name ? `${name} code` : 'Code');
  header.append(label, button);
  code.append(text);
  scroll.append(code);
  figure.append(header, scroll);

  button.addEventListener('click', async () => {
    const copied = await copy(text.data);
    const detail = copied ? 'Copied' : 'Copying failed';
    button.dispatchEvent(new CustomEvent('announce', { bubbles: true, detail }));
    button.textContent = copied ? 'Copied' : 'Failed';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, CONFIRMATION_MS);
  });
  return { node: figure, setText, finish };

  /** @param {string} data  all of the code so far */
  function setText(data) {
    if (data === text.data) return;
    patchText(text, data);
    if (text.parentNode !== code) code.replaceChildren(text);
  }

  function finish() {
    if (finished || !grammar) return;
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
 * @param {string} tag
 * @param {string} className
 */
function create(tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  return element;
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
