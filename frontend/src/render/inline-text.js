import { decodeCharacterReferences } from './character-references.js';
import { readInline } from './lexer.js';

/** @import { MarkedToken, Token } from 'marked' */

/**
 * The plain text of inline tokens.
 * @param {Token[]} tokens
 * @returns {string}
 */
export function inlineText(tokens) {
  return readInline(tokens)
    .map(token => tokenText(/** @type {MarkedToken} */ (token)))
    .join('');
}

/** @param {MarkedToken} token */
function tokenText(token) {
  switch (token.type) {
    case 'text':
      return token.tokens ? inlineText(token.tokens) : decodeCharacterReferences(token.text);
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
