const LENGTH = '{1,2000}'; // bounds the search for the end of a formula

// One dollar is mostly money. A pair of them around TeX stays text, but without markup inside.
const DOLLAR = String.raw`\$(?![\s\d$])[^$\n\u0060]*[\\^_{][^$\n\u0060]*(?<!\s)\$(?![\w$])`;
const DOLLARS = String.raw`\$\$(?!\s*\$)[^$\u0060]${LENGTH}\$\$(?![\w$])`;

// Words in escaped brackets are no formula: \[sic\], \[1\], \[a\](b), \(optional\), \(see below\). Those
// of three letters can be one in parentheses: \(abc\), \(ABCD\).
const WORDS = String.raw`[\p{L}\p{N}\s,.;:!?…’'"–\-]*`;
const NONE = String.raw`[^\p{L}\p{N}]*`;
const PARENTHESES = String.raw`\\\((?!(?:${NONE}|(?=[^\\]*\p{L}{3})(?=[^\\]*(?:\p{Ll}{4}|\S\s+[^\s\\]))${WORDS})\\\))[^]${LENGTH}?\\\)`;
const BRACKETS = String.raw`\\\[(?!(?:${NONE}|(?=[^\\]*\p{L}{3})${WORDS}|\d[\d\s,–\-]*)\\\]|[^\\]*\\\]\()[^]${LENGTH}?\\\]`;

/** The source of a regular expression (with the flag u) for formulas within a line of text. */
export const MATHS = [PARENTHESES, BRACKETS, DOLLARS, DOLLAR].join('|');

/** The source of a regular expression for the line before a formula with lines of its own. */
export const MATHS_OPENING = String.raw` {0,3}(?:\\\[|\$\$)[ \t]*(?:\n|$)`;

const within = new RegExp(`^(?:${MATHS})`, 'u');
const opening = new RegExp(`^${MATHS_OPENING}`);
const closing = { '\\': /\\\][.,;]?|(?=\n[ \t]*\n)|$/g, $: /\$\$[.,;]?|(?=\n[ \t]*\n)|$/g };

/** @typedef {{ type: 'maths', raw: string, text: string, block: boolean }} Maths */

/**
 * @param {string} source
 * @returns {Maths | import('marked').Tokens.Escape | undefined}
 */
export function inlineMaths(source) {
  const raw = within.exec(source)?.[0];
  if (!raw) return undefined;
  if (/^\$(?!\$)/.test(raw)) return { type: 'escape', raw, text: raw };
  return { type: 'maths', raw, text: raw, block: !raw.startsWith('\\(') };
}

/**
 * A formula with lines of its own. Without an end, it ends before the next blank line.
 * @param {string} source
 * @returns {Maths | undefined}
 */
export function blockMaths(source) {
  const first = opening.exec(source)?.[0];
  if (!first) return undefined;
  const end = closing[first.trim().startsWith('$') ? '$' : '\\'];
  end.lastIndex = first.length;
  end.test(source);
  const raw = source.slice(0, end.lastIndex);
  return { type: 'maths', raw, text: raw.trim(), block: true };
}
