import { decodeCharacterReferences } from './character-references.js';
import { readInline } from './lexer.js';
import { visibleText } from './visible-text.js';

/** @import { Token } from 'marked' */
/** @import { AnswerToken } from './tokenizer.js' */

/**
 * The text of inline tokens as it is on the screen. HTML that is no element there is text.
 * @param {Token[]} tokens
 * @returns {string}
 */
export function inlineText(tokens) {
  return readInline(tokens)
    .map(token => tokenText(/** @type {AnswerToken} */ (token)))
    .join('');
}

/** @param {AnswerToken} token */
function tokenText(token) {
  switch (token.type) {
    case 'text':
      return token.tokens
        ? inlineText(token.tokens)
        : visibleText(decodeCharacterReferences(token.text));
    case 'escape':
    case 'codespan':
    case 'html':
    case 'maths':
      return visibleText(token.text);
    case 'link':
      return token.autolink ? token.text : inlineText(token.tokens);
    case 'strong':
    case 'em':
    case 'del':
    case 'sub':
    case 'sup':
    case 'kbd':
    case 'u':
    case 'mark':
    case 'image':
      return inlineText(token.tokens);
    case 'footnoteReference':
      return `[${token.label}]`;
    case 'br':
      return '\n';
    default:
      return '';
  }
}
