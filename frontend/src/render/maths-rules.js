const LENGTH = '{1,2000}'; // bounds the search for the end of a formula

// One dollar is mostly money. A pair of them around TeX stays text, but without markup inside. In both
// kinds \$ is a dollar of the content.
const DOLLAR = String.raw`\$(?![\s\d$])(?=(?:\\\$|[^$\\\n\u0060])*(?:\\(?!\$)|[\^_{]))(?:\\[^\n\u0060]|[^$\\\n\u0060])*(?<!\s)\$(?![\w$])`;

// Two dollars can be a price or a process id. Between two of those is what no formula begins with, such
// as “) and”, nothing to read, a word between spaces, words without an operator, or an end such as “(”.
const NO_START = String.raw`\s*(?!\\|\.\d)[\p{Pe}\p{Pf}\p{Po}]`;
const SILENT = String.raw`(?:\\\$|\\(?!\$)|[^\p{L}\p{N}$\\])*\$`;
const NO_END = String.raw`\s(?:\\\$|[^$])*[=(]\s*\$`;
const PROSE = String.raw`(?=(?:\\\$|[^$])*(?:\p{Lo}|\p{L}{2}\s+\p{L}{2}))(?:\\\$|[^$\\^_={}+<>])*\$`;
const NO_FORMULA = String.raw`${NO_START}|${SILENT}|\s+\p{L}{3,}\s+\$|${NO_END}|${PROSE}`;

/**
 * The source of a regular expression (with the flag u) for a formula in two dollars.
 * @param {{ before?: string, no?: string }} [options]  before: what precedes its content; no: characters that it does not have
 */
export function dollars({ before = '', no = '' } = {}) {
  const content = String.raw`(?:\\[^${no}\u0060]|[^$\\${no}\u0060])${LENGTH}`;
  return String.raw`\$\$${before}(?!${NO_FORMULA})${content}\$\$(?![\w$])`;
}

// Words in escaped brackets are no formula: \[sic\], \[1\], \[a\](b), \(optional\), \(see below\). Those
// of three letters can be one in parentheses: \(abc\), \(ABCD\).
const WORDS = String.raw`[\p{L}\p{N}\s,.;:!?…’'"–\-]*`;
const NONE = String.raw`[^\p{L}\p{N}]*`;
const PARENTHESES = String.raw`\\\((?!(?:${NONE}|(?=[^\\]*\p{L}{3})(?=[^\\]*(?:\p{Ll}{4}|\S\s+[^\s\\]))${WORDS})\\\))[^]${LENGTH}?\\\)`;
const BRACKETS = String.raw`\\\[(?!(?:${NONE}|(?=[^\\]*\p{L}{3})${WORDS}|\d[\d\s,–\-]*)\\\]|[^\\]*\\\]\()[^]${LENGTH}?\\\]`;

/** The source of a regular expression (with the flag u) for formulas within a line of text. */
export const MATHS = [PARENTHESES, BRACKETS, dollars(), DOLLAR].join('|');

/**
 * The source of a regular expression for the line before a formula with lines of its own. Two dollars
 * before a blank line or the end are a price.
 */
export const MATHS_OPENING = String.raw` {0,3}(?:\\\[|\$\$(?![ \t]*(?:\n[ \t]*\n|$)))[ \t]*(?:\n|$)`;
