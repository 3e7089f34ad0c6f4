/** @import { Token } from 'marked' */

// A last line that can still become a list item, a heading, a rule, a fence or a table.
const ambiguousLine =
  /^[\s>]*(?:\d{1,9}[.)]?|[-*+] \[[ xX]?\]?|[-*_+=~`#|:$\\[ ]+|<\/?[a-z]*>?|(?:(?:[-*+]|\d{1,9}[.)]) +)?(?:`{3,}[^`]*|~{3,}.*))?\s*$/;

/**
 * The part of an incomplete text that can be parsed into blocks: all but an ambiguous last line.
 * @param {string} source
 */
export function stablePrefix(source) {
  const whole = source.replace(/[\uD800-\uDBFF]$/, ''); // without half of a surrogate pair
  const line = whole.lastIndexOf('\n') + 1;
  return ambiguousLine.test(whole.slice(line)) ? whole.slice(0, line) : whole;
}

// Text that the finished answer may not emphasize, is emphasized for no longer than this.
const MAX_UNCLOSED = 80; // characters, about a line
const MAX_FORMULA = 400; // characters of an open formula that are held back
const MAX_TARGET = 2048; // characters of a link's address

const partialSyntax = [
  /(?:^|\n)[ \t]*\|[^\n]{0,200}(?:\n[ \t|:-]*)?$/, // a table's header row
  /&#?\w{0,31}$/, // a character reference
  /(?<=(?<!\\)(?:\\\\)*)\\[([]?$/, // an escape, or the first marker of a formula
  /<(?:\/?[a-z]+(?:[:/@][^\s<>]*)?)?$/i, // an autolink or a tag
  /\[\^[^\s\]]{0,32}$/, // a footnote reference
  /\ue200[^\ue201\n]{0,500}$|【(?:\d[\d:]*(?:†[^【】\n]{0,100})?)?$/, // a citation
];

/**
 * Completes an incomplete run of inline Markdown: `**bo` becomes bold, `[text](ur` a link without an
 * address, and a marker that the next letter could remove is hidden.
 * @param {string} run
 * @param {(run: string) => Token[]} tokenize  the inline lexer
 */
export function completeInline(run, tokenize) {
  const visible = partialSyntax.reduce((text, pattern) => text.replace(pattern, ''), run);
  if (!/[*_~`[<$\\]/.test(visible)) return visible;
  const hidden = trailingMarker.exec(visible)?.index ?? visible.length;
  const { end, closers } = findUnclosed(visible.slice(0, hidden), tokenize);
  if (closers === '') return visible.slice(0, end);
  const closed = visible.slice(0, end).trimEnd() + closers;
  const last = tokenize(closed).at(-1);
  const misread =
    ['text', 'escape'].includes(last?.type ?? '') && last?.raw.endsWith(closers.slice(-1));
  return misread ? visible : closed;
}

const marker = /`+|\*+|_+|~+|\$\$|[[\]]/g;
const trailingMarker = /(?:[*_~`]+|!?\[|\$)$/;
const partialTarget = /^\](?:\((?:<[^>\n]*|[^\s<]*(?:\s+["'(][^\n]*)?)?)?$/;
/** @type {Record<string, string>} */
const formulaEnds = { '\\(': '\\)', '\\[': '\\]', $$: 'x$$' }; // $$ x$$ goes on, $$) x$$ cannot
const openTag = /^<(sub|sup|kbd|u|mark)>$/i;

/**
 * Finds the markers without a counterpart. Closed syntax is already a token of its own, so that only
 * text tokens, tags and escapes that can begin a formula are searched. An open formula is hidden.
 * @param {string} run
 * @param {(run: string) => Token[]} tokenize
 * @returns {{ end: number, closers: string }}  end: length of the visible text
 */
function findUnclosed(run, tokenize) {
  let end = run.length;
  /** @type {{ at: number, mark: string }[]} */
  const open = [];
  for (const { at, mark } of marksInText(tokenize(run))) {
    if (at >= end) break;
    if (mark === ']') {
      const opener = open.findLastIndex(each => each.mark === '[');
      if (opener === -1) continue;
      if (partialTarget.test(run.slice(at)) && run.length - at < MAX_TARGET) {
        end = at;
        break;
      }
      open.length = opener;
    } else if (mark in formulaEnds) {
      const formula = run.slice(at).replace(/[\\$]$/, '');
      if (formula.length > (mark === '$$' ? MAX_UNCLOSED : MAX_FORMULA)) continue;
      const decided = mark === '$$' || /[\p{L}\p{N}]/u.test(formula);
      if (decided && tokenize(formula + formulaEnds[mark])[0]?.type !== 'maths') continue;
      end = at;
      break;
    } else if (mark[0] === '`') {
      const code = run.slice(at + mark.length).replace(/`+$/, ''); // the rest of the run is code
      if (!isShort(code)) continue;
      end = code ? at + mark.length + code.length : at;
      if (code) open.push({ at, mark });
      break;
    } else if (openTag.test(mark) || opens(mark, run[at - 1] ?? '', run[at + mark.length] ?? '')) {
      open.push({ at, mark });
    }
  }
  const closers = open
    .filter(({ at }) => isShort(run.slice(at, end)))
    .map(({ mark }) => mark.replace('<', '</').replace('[', ']()'))
    .reverse()
    .join('');
  return { end, closers };
}

/** @param {string} text */
function isShort(text) {
  return text.length <= MAX_UNCLOSED && !text.includes('\n');
}

/** @param {Token[]} tokens */
function* marksInText(tokens) {
  let offset = 0;
  for (const { type, raw } of tokens) {
    const opensAlone = type === 'html' ? openTag.test(raw) : raw in formulaEnds;
    if (opensAlone) yield { at: offset, mark: raw };
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
  if (after.trim() === '' || mark === '~') return false;
  const insideWord = /[\p{L}\p{N}]/u.test(before);
  return !insideWord || mark === '**' || mark === '~~';
}
