/** @import { Token } from 'marked' */

// A last line that says nothing yet: it may become a list item, a heading, a rule, a fence, a table.
const undecided =
  /^[\s>]*(?:\d{1,9}[.)]?|[-*+] \[[ xX]?\]?|[-*_+=~`#|: ]+|(?:(?:[-*+]|\d{1,9}[.)]) +)?(?:`{3,}[^`]*|~{3,}.*))?\s*$/;

/**
 * The part of a growing text whose lines can be read as blocks already.
 * @param {string} source
 */
export function decided(source) {
  const whole = source.replace(/[\uD800-\uDBFF]$/, ''); // without half an emoji
  const line = whole.lastIndexOf('\n') + 1;
  return undecided.test(whole.slice(line)) ? whole.slice(0, line) : whole;
}

const forming = [
  /(?:^|\n)[ \t]*\|[^\n]*(?:\n[ \t|:-]*)?$/, // a table's header row
  /&#?\w{0,31}$/, // a character reference
  /(?<=(?<!\\)(?:\\\\)*)\\$/, // an escape
  /<(?:\/?[a-z]+(?:[:/@][^\s<>]*)?)?$/i, // an autolink or a tag
];

/**
 * One run of inline markdown as it should look while it grows: `**bo` as bold, `[text](ur` as a
 * link that leads nowhere yet, and no marker that would vanish with the next letter.
 * @param {string} run
 * @param {(run: string) => Token[]} read  the inline lexer
 */
export function mended(run, read) {
  const shown = forming.reduce((text, pattern) => text.replace(pattern, ''), run);
  if (!/[*_~`[]/.test(shown)) return shown;
  const { end, open } = unclosed(shown, read(shown));
  const closers = open.map(closer).reverse().join('');
  if (closers === '') return shown.slice(0, end);
  const closed = shown.slice(0, end).trimEnd() + closers;
  const last = read(closed).at(-1);
  const misread = last?.type === 'text' && last.raw.endsWith(closers.slice(-1));
  return misread ? shown : closed;
}

/** @param {string} opener */
function closer(opener) {
  return opener === '[' ? ']()' : opener;
}

const marker = /`+|\*+|_+|~+|[[\]]/g;
const trailingMarker = /(?:[*_~`]+|!?\[)$/;
const formingTarget = /^\](?:\((?:<[^>\n]*|[^\s<]*(?:\s+["'(][^\n]*)?)?)?$/;

/**
 * What the run leaves open. The lexer has made a token of all that is closed, so that only its
 * plain text is searched.
 * @param {string} run
 * @param {Token[]} tokens
 * @returns {{ end: number, open: string[] }}  end: where the text to show ends
 */
function unclosed(run, tokens) {
  const lastIsText = tokens.at(-1)?.type === 'text';
  const end = lastIsText ? run.replace(trailingMarker, '').length : run.length;
  /** @type {string[]} */
  const open = [];
  for (const { at, mark } of marksInText(tokens)) {
    if (at >= end) break;
    if (mark === ']') {
      const opener = open.lastIndexOf('[');
      if (opener === -1) continue;
      if (formingTarget.test(run.slice(at))) return { end: at, open };
      open.length = opener;
    } else if (mark.startsWith('`')) {
      const code = run.slice(at + mark.length).replace(/`+$/, ''); // all that follows is code
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
