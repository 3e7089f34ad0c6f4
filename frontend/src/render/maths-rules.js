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
