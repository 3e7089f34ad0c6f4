/** @import { AnswerToken } from './tokenizer.js' */

const TAB_COLUMNS = 4; // as in CommonMark

/**
 * Gives the code in a list its tabs back. marked replaces those at the start of a line by spaces;
 * CommonMark removes the columns of the indentation only.
 * @param {AnswerToken} list
 */
export function restoreTabs(list) {
  const lines = list.raw.split('\n');
  if (lines.some(line => /^ *\t/.test(line))) restore(list, lines, 0);
}

/**
 * @param {AnswerToken} token
 * @param {string[]} lines  of the list that holds it
 * @param {number} first  of its lines
 */
function restore(token, lines, first) {
  if (token.type === 'code') {
    const start = token.codeBlockStyle === 'indented' ? first : first + 1; // after the fence
    const texts = token.text.split('\n');
    token.text = texts.map((text, at) => withTabs(text, lines[start + at] ?? '')).join('\n');
  } else if (token.type === 'list') {
    let line = first;
    for (const { raw, tokens } of token.items) {
      restoreAll(tokens, lines, line);
      line += lineBreaks(raw);
    }
  } else if (token.type === 'details') {
    const inside = token.raw.lastIndexOf(token.tokens.map(({ raw }) => raw).join(''));
    restoreAll(token.tokens, lines, first + lineBreaks(token.raw.slice(0, inside)));
  }
}

/**
 * @param {import('marked').Token[]} tokens  whose lines follow each other
 * @param {string[]} lines
 * @param {number} first
 */
function restoreAll(tokens, lines, first) {
  let line = first;
  for (const token of tokens) {
    restore(/** @type {AnswerToken} */ (token), lines, line);
    line += lineBreaks(token.raw);
  }
}

/**
 * @param {string} text  of a line of code, with spaces at its start
 * @param {string} line  its source
 */
function withTabs(text, line) {
  const code = text.replace(/^ +/, '');
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  if (line.slice(indent.length) !== code) return text;
  const removed = columns(indent) - (text.length - code.length);
  let at = 0;
  while (columns(indent.slice(0, at)) < removed) at++;
  const rest = columns(indent.slice(0, at)) - removed; // of a tab that is removed in part
  return ' '.repeat(rest) + indent.slice(at) + code;
}

/** @param {string} indent */
function columns(indent) {
  let column = 0;
  for (const character of indent)
    column += character === '\t' ? TAB_COLUMNS - (column % TAB_COLUMNS) : 1;
  return column;
}

/** @param {string} text */
function lineBreaks(text) {
  return text.split('\n').length - 1;
}
