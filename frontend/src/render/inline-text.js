import { decoded } from './character-references.js';
import { read } from './lexer.js';

/** @import { MarkedToken, Token } from 'marked' */

/**
 * The words of inline tokens, without their markup.
 * @param {Token[]} tokens
 * @returns {string}
 */
export function inlineText(tokens) {
  return read(tokens)
    .map(token => wordsOf(/** @type {MarkedToken} */ (token)))
    .join('');
}

/** @param {MarkedToken} token */
function wordsOf(token) {
  switch (token.type) {
    case 'text':
      return token.tokens ? inlineText(token.tokens) : decoded(token.text);
    case 'escape':
    case 'codespan':
      return token.text;
    case 'link':
      return token.autolink ? token.text : inlineText(token.tokens);
    case 'strong':
    case 'em':
    case 'del':
    case 'image':
      return inlineText(token.tokens);
    case 'br':
      return '\n';
    default:
      return '';
  }
}
