import createDOMPurify from 'dompurify';
import { marked } from 'marked';
import { markdown } from '../../frontend/src/render/markdown.js';

export const { sanitize } = createDOMPurify(window);

/** Ways to show what has arrived of an answer: the new text is written, and then the end is told. */
export const strategies = { append, everything, blocks };

/**
 * Ours: only the last block is read again, and what is on the page stays.
 * @param {HTMLElement} root
 */
function append(root) {
  const answer = markdown(root);
  return {
    write: answer.write,
    end: answer.settle,
  };
}

/**
 * The whole answer to HTML, cleaned, into the page, every frame.
 * @param {HTMLElement} root
 */
function everything(root) {
  let source = '';
  return { write, end() {} };

  /** @param {string} text */
  function write(text) {
    source += text;
    root.innerHTML = sanitize(/** @type {string} */ (marked.parse(source)));
  }
}

/**
 * The whole answer is read every frame, and of its blocks those that changed are made anew.
 * @param {HTMLElement} root
 */
function blocks(root) {
  let source = '';
  /** @type {string[]} */
  const shown = [];
  return { write, end() {} };

  /** @param {string} text */
  function write(text) {
    source += text;
    for (const [at, token] of marked.lexer(source).entries()) {
      if (shown[at] === token.raw) continue;
      shown[at] = token.raw;
      const block = root.children[at] ?? root.appendChild(document.createElement('div'));
      block.innerHTML = sanitize(marked.parser([token]));
    }
  }
}
