import { renderStrings as words } from '../strings/render.js';
import { inlineText } from './inline-text.js';
import { language } from './language.js';
import { lex } from './lexer.js';

/** @import { Token, Tokens } from 'marked' */
/** @import { AnswerToken } from './tokenizer.js' */

/**
 * Markdown as plain text for speech: one line per block, and for code only the number of lines.
 * @param {string} source
 */
export function plainText(source) {
  return [...plainLines(source)].join('\n');
}

/** The same line by line. @param {string} source */
export function* plainLines(source) {
  for (const token of lex(source.replace(/\r\n?/g, '\n'))) {
    yield* tokenLines(/** @type {AnswerToken} */ (token));
  }
}

/**
 * @param {Token[]} tokens
 * @returns {string[]}
 */
function lines(tokens) {
  return tokens.flatMap(token => tokenLines(/** @type {AnswerToken} */ (token)));
}

/**
 * @param {AnswerToken} token
 * @returns {string[]}
 */
function tokenLines(token) {
  switch (token.type) {
    case 'paragraph':
    case 'heading':
    case 'text':
      return toLine(inlineText(token.tokens ?? [token]));
    case 'blockquote':
      return lines(token.tokens);
    case 'footnote':
      return toLine([`[${token.label}]`, ...lines(token.tokens)].join(' '));
    case 'details':
      return [...toLine(inlineText(token.summary ?? [])), ...lines(token.tokens)];
    case 'html':
    case 'maths':
      return toLine(token.text);
    case 'list':
      return token.items.flatMap(itemLines);
    case 'table':
      return [token.header, ...token.rows].flatMap(rowLine);
    case 'code':
      return [codeLine(token)];
    default:
      return [];
  }
}

/** @param {string} text */
function toLine(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  return line ? [line] : [];
}

/** @param {Tokens.ListItem} item */
function itemLines({ task, checked, tokens }) {
  const [first = '', ...rest] = lines(tokens);
  return [task ? `${checked ? words.done : words.toDo}: ${first}` : first, ...rest];
}

/** @param {Tokens.TableCell[]} cells */
function rowLine(cells) {
  return toLine(cells.map(({ tokens }) => inlineText(tokens)).join(', '));
}

/** @param {Tokens.Code} token */
function codeLine({ text, lang = '' }) {
  const count = text.replace(/\n$/, '').split('\n').length;
  return `${words.code(language(lang).name)}: ${words.lines(count)}`;
}
