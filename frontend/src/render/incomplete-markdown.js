/** @import { Token } from 'marked' */

// A last line that can still become a list item, a heading, a rule, a fence or a table.
const ambiguousLine =
  /^[\s>]*(?:\d{1,9}[.)]?|[-*+] \[[ xX]?\]?|[-*_+=~`#|: ]+|(?:(?:[-*+]|\d{1,9}[.)]) +)?(?:`{3,}[^`]*|~{3,}.*))?\s*$/;

/**
 * The part of an incomplete text that can be parsed into blocks: all but an ambiguous last line.
 * @param {string} source
 */
export function stablePrefix(source) {
  const whole = source.replace(/[\uD800-\uDBFF]$/, ''); // without half of a surrogate pair
  const line = whole.lastIndexOf('\n') + 1;
  return ambiguousLine.test(whole.slice(line)) ? whole.slice(0, line) : whole;
}

const partialSyntax = [
  /(?:^|\n)[ \t]*\|[^\n]*(?:\n[ \t|:-]*)?$/, // a table's header row
  /&#?\w{0,31}$/, // a character reference
  /(?<=(?<!\\)(?:\\\\)*)\\$/, // an escape
  /<(?:\/?[a-z]+(?:[:/@][^\s<>]*)?)?$/i, // an autolink or a tag
];

/**
 * Completes an incomplete run of inline Markdown: `**bo` becomes bold, `[text](ur` a link without an
 * address, and a marker that the next letter could remove is hidden.
 * @param {string} run
 * @param {(run: string) => Token[]} tokenize  the inline lexer
 */
export function completeInline(run, tokenize) {
  const visible = partialSyntax.reduce((text, pattern) => text.replace(pattern, ''), run);
  if (!/[*_~`[]/.test(visible)) return visible;
  const { end, open } = findUnclosed(visible, tokenize(visible));
  const closers = open
    .map(opener => (opener === '[' ? ']()' : opener))
    .reverse()
    .join('');
  if (closers === '') return visible.slice(0, end);
  const closed = visible.slice(0, end).trimEnd() + closers;
  const last = tokenize(closed).at(-1);
  const misread = last?.type === 'text' && last.raw.endsWith(closers.slice(-1));
  return misread ? visible : closed;
}

const marker = /`+|\*+|_+|~+|[[\]]/g;
const trailingMarker = /(?:[*_~`]+|!?\[)$/;
const partialTarget = /^\](?:\((?:<[^>\n]*|[^\s<]*(?:\s+["'(][^\n]*)?)?)?$/;

/**
 * Finds the markers without a counterpart. Closed syntax is already a token of its own, so that only
 * text tokens are searched.
 * @param {string} run
 * @param {Token[]} tokens
 * @returns {{ end: number, open: string[] }}  end: length of the visible text
 */
function findUnclosed(run, tokens) {
  const lastIsText = tokens.at(-1)?.type === 'text';
  const end = lastIsText ? run.replace(trailingMarker, '').length : run.length;
  /** @type {string[]} */
  const open = [];
  for (const { at, mark } of marksInText(tokens)) {
    if (at >= end) break;
    if (mark === ']') {
      const opener = open.lastIndexOf('[');
      if (opener === -1) continue;
      if (partialTarget.test(run.slice(at))) return { end: at, open };
      open.length = opener;
    } else if (mark.startsWith('`')) {
      const code = run.slice(at + mark.length).replace(/`+$/, ''); // the rest of the run is code
      return code
        ? { end: at + mark.length + code.length, open: [...open, mark] }
        : { end: at, open };
    } else if (opens(mark, run[at - 1] ?? '', run[at + mark.length] ?? '')) {
      open.push(mark);
    }
  }
  return { end, open };
}

/** @param {Token[]} tokens */
function* marksInText(tokens) {
  let offset = 0;
  for (const { type, raw } of tokens) {
    if (type === 'text') {
      for (const { 0: mark, index } of raw.matchAll(marker)) yield { at: offset + index, mark };
    }
    offset += raw.length;
  }
}

/**
 * @param {string} mark
 * @param {string} before
 * @param {string} after
 */
function opens(mark, before, after) {
  if (after.trim() === '') return false;
  const insideWord = /[\p{L}\p{N}]/u.test(before);
  return !insideWord || mark === '**' || mark === '~~';
}
