import { maths, mathsOpening } from './rules.js';

const MAX_OPEN = 1000; // characters; a longer open formula is shown as it is written
const MAX_LENGTH = 4_004; // characters of a formula in a paragraph
const openings = /(?<!`)(`+)(?!`)[\s\S]{1,2000}?(?<!`)\1(?!`)|`+|\\\[|\$\$|\\[\s\S]/g; // and what hides one
const blankLine = /\n[ \t]*\n/;
const texLine = /^\$\$(?:.*[\\^_{]|[ \t]*\p{L}(?:\(\p{L}\))?[ \t]*=)/u;
const texOrSymbol = /[\\^_{=+<>]|^\S{1,3}\s*$/;
const words = /\\text\w*\{[^{}]*\}|\\[a-zA-Z]+/g; // of TeX
const otherBracket = /(?<!\\)\\[([]/;
const prose = /\p{L}{3,}\s+\p{L}{2,}/u;
const codeOrTable = /\n[ \t]*(?:`{3}|~{3}|\|?[ \t]*:?-{2,}:?[ \t]*\|)/;
const proseItem = /\n[ \t]*(?:[-+*>]|\d+[.)])[ \t]+\p{L}{3,}(?![^\n]*[\\^_{=])/u;
const closing = { '\\': /\\\][.,;]?|(?=\n[ \t]*\n)|$/g, $: /\$\$[.,;]?|(?=\n[ \t]*\n)|$/g };

/** @typedef {{ type: 'maths', raw: string, text: string, block: boolean }} Maths */

/**
 * @param {string} source
 * @returns {Maths | import('marked').Tokens.Escape | undefined}
 */
export function inlineMaths(source) {
  const raw = maths.exec(source)?.[0];
  if (!raw) return undefined;
  if (/^\$(?!\$)/.test(raw)) return { type: 'escape', raw, text: raw };
  return { type: 'maths', raw, text: raw, block: !raw.startsWith('\\(') };
}

/**
 * A formula with lines of its own. Without an end, it ends before the next blank line.
 * @param {string} source
 * @param {boolean} incomplete  whether more text follows, so that an open formula is held back
 * @returns {Maths | import('marked').Tokens.Space | undefined}
 */
export function blockMaths(source, incomplete) {
  const first = mathsOpening.exec(source)?.[0];
  if (!first) return undefined;
  const end = closing[first.trim().startsWith('$') ? '$' : '\\'];
  end.lastIndex = first.length;
  const found = end.exec(source)?.[0];
  const raw = source.slice(0, end.lastIndex);
  if (incomplete && !found && raw === source && raw.length < MAX_OPEN)
    return { type: 'space', raw };
  return { type: 'maths', raw, text: raw.trim(), block: true };
}

/**
 * Where a formula ends that begins in a part of a text and ends after it, as one whose next line looks
 * like a list: `\[ a\n+ b \]`.
 * @param {string} source
 * @param {{ from: number, to: number, incomplete: boolean }} part  incomplete: more text follows the source, so that an open formula goes on
 * @returns {number | undefined}
 */
export function formulaEnd(source, { from, to, incomplete }) {
  let closed = from; // end of the last formula
  for (const { 0: mark, index } of source.slice(from, to).matchAll(openings)) {
    const at = from + index;
    if (at < closed || !['\\[', '$$'].includes(mark)) continue;
    const rest = source.slice(at, at + MAX_LENGTH);
    const raw = maths.exec(rest)?.[0] ?? (incomplete && isOpen(rest, mark) ? rest : '');
    if (raw === '' || blankLine.test(raw)) continue;
    closed = at + raw.length;
    if (closed > to && isFormula(raw, mark)) return closed;
  }
  return undefined;
}

/**
 * Whether it is no bracket, process id or price with other blocks after it.
 * @param {string} formula
 * @param {string} mark
 */
function isFormula(formula, mark) {
  const [line] = formula.slice(2).trimStart().split('\n');
  const isTex = mark === '$$' ? texLine.test(formula) : texOrSymbol.test(line);
  return (
    isTex &&
    !otherBracket.test(line) &&
    !prose.test(line.replace(words, ' ')) &&
    !codeOrTable.test(formula) &&
    !proseItem.test(formula)
  );
}

/**
 * @param {string} formula
 * @param {string} mark
 */
function isOpen(formula, mark) {
  if (formula.length === MAX_LENGTH) return false;
  return mark === '$$'
    ? !/[$`]/.test(formula.slice(2).replace(/\\[^`]|\$$/g, ''))
    : !formula.includes('\\]');
}
