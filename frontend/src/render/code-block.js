import { copy } from './copy.js';
import { highlight } from './highlight.js';
import { language } from './language.js';

/**
 * A figure of code: its language and a Copy button above, the code in one text node below.
 * Says what came of the copying with a bubbling `announce` event, whose detail is the sentence.
 */
export function codeBlock() {
  const figure = create('figure', 'code-block');
  const header = create('figcaption', 'code-block-header');
  const label = create('span', 'code-block-language');
  const button = create('button', 'code-block-copy');
  const pre = create('pre', 'code-block-scroll');
  const code = create('code', 'code-block-code');
  const text = document.createTextNode('');
  let info = '';
  let closed = false;

  button.setAttribute('type', 'button');
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    const copied = await copy(text.data);
    const detail = copied ? 'Copied' : 'Copying failed';
    button.dispatchEvent(new CustomEvent('announce', { bubbles: true, detail }));
  });
  figure.dir = 'ltr';
  pre.tabIndex = 0;
  pre.setAttribute('role', 'group');
  header.append(label, button);
  code.append(text);
  pre.append(code);
  figure.append(header, pre);
  name('');
  return { node: figure, text, name, close };

  /** @param {string} words  what follows the opening fence */
  function name(words) {
    info = words;
    const { name } = language(info);
    label.textContent = name;
    button.setAttribute('aria-label', name ? `Copy ${name} code` : 'Copy code');
    pre.setAttribute('aria-label', name ? `${name} code` : 'Code');
  }

  /** Nothing more will be written: time for colours. */
  function close() {
    if (closed) return;
    closed = true;
    highlight(text, language(info).module);
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
