import createDOMPurify from 'dompurify';
import { marked } from 'marked';
import { markdown } from '../../frontend/src/render/markdown.js';

export const { sanitize } = createDOMPurify(window);

/** Strategies to render a streamed answer: `write` receives new text, `end` is called once. */
export const strategies = { append, blocks, replace };

/**
 * Ours: parses only the last block again and patches the DOM.
 * @param {HTMLElement} root
 */
function append(root) {
  const answer = markdown(root);
  return {
    write: answer.append,
    end: answer.finish,
  };
}

/**
 * Parses and sanitises the whole answer and replaces `innerHTML`, in each frame.
 * @param {HTMLElement} root
 */
function replace(root) {
  let source = '';
  return { write, end() {} };

  /** @param {string} text */
  function write(text) {
    source += text;
    root.innerHTML = sanitize(/** @type {string} */ (marked.parse(source)));
  }
}

/**
 * Parses the whole answer in each frame and replaces the blocks that changed.
 * @param {HTMLElement} root
 */
function blocks(root) {
  let source = '';
  /** @type {string[]} */
  const rendered = [];
  return { write, end() {} };

  /** @param {string} text */
  function write(text) {
    source += text;
    for (const [index, token] of marked.lexer(source).entries()) {
      if (rendered[index] === token.raw) continue;
      rendered[index] = token.raw;
      const block = root.children[index] ?? root.appendChild(document.createElement('div'));
      block.innerHTML = sanitize(marked.parser([token]));
    }
  }
}
