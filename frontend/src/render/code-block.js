import { copy } from './copy.js';
import { language } from './language.js';
import { patchText } from './patch-text.js';

const confirmed = 1500; // milliseconds the button says what came of it

/**
 * A figure of code: its language and a Copy button above, the code below. The code is one text node
 * until it is complete and its colours are known. What came of copying it is said with a bubbling
 * `announce` event, whose detail is the sentence.
 * @param {string} info  what follows the opening fence
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
  let complete = false;

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
    }, confirmed);
  });
  return { node: figure, write, finish };

  /** @param {string} data  all of the code so far */
  function write(data) {
    if (data === text.data) return;
    patchText(text, data);
    if (text.parentNode !== code) code.replaceChildren(text);
  }

  function finish() {
    if (complete || !grammar) return;
    complete = true;
    colour(grammar).catch(() => {}); // the colours could not be fetched: plain code is fine
  }

  /** @param {string} grammar */
  async function colour(grammar) {
    const { highlighted } = await import('./highlight.js');
    const { data } = text;
    const coloured = await highlighted(data, grammar);
    await unselected(code);
    if (coloured && data === text.data) code.replaceChildren(coloured);
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
 * Colours replace the text node, which would take a reader's selection with it.
 * @param {Node} node
 */
async function unselected(node) {
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
