import { Lexer } from 'marked';
import { dollars, MATHS, MATHS_OPENING } from './maths-rules.js';

// The build replaces this module by its exports, which are regular expressions.

// CommonMark takes punctuation beside a marker for the edge of a word, and needs the spaces that
// Chinese, Japanese and Korean do not write. As in the specification of markdown-cjk-friendly, CJK
// punctuation counts as a letter, and a CJK character outside the marker as an edge.
const CJK = String.raw`[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\uff01-\uff60\uffe0-\uffe6]`;
const PUNCTUATION = String.raw`(?!~|${CJK})[\p{P}\p{S}]`;
const LETTER = String.raw`(?:[^\s\p{P}\p{S}]|~|${CJK})`;

const DUNDER = String.raw`__[a-z\d]+(?:_[a-z\d]+)*__(?!\w)`;

/** A name such as __init__. */
export const dunder = new RegExp(`^${DUNDER}`);

/** A formula within a line of text, and the first line of one with lines of its own. */
export const maths = new RegExp(`^(?:${MATHS})`, 'u');
export const mathsOpening = new RegExp(`^${MATHS_OPENING}`);

// A cell of nothing but backticks or two dollars is none of the two ends of code or of a formula.
const CELL = String.raw`(?<!(?:^|\|) *(?:\u0060+|\$\$)(?= +\|\s)|\|\$\$(?=\|))`;

/** Code and formulas in the rows of a table. */
export const tableCode = new RegExp(
  String.raw`(?<!\u0060)(\u0060+)(?!\u0060)${CELL}.{1,500}?(?<!\u0060)\1(?!\u0060)|\\[([].{1,500}?\\[)\]]|${dollars({ before: CELL, no: '\\n' })}`,
  'gmu',
);

const { gfm } = Lexer.rules.block;
const { breaks } = Lexer.rules.inline;

/** The block rules of marked, with paragraphs that formulas and footnotes interrupt. */
export const blockRules = {
  ...gfm,
  paragraph: interruptible(gfm.paragraph),
  lheading: interruptible(gfm.lheading),
};

/** The inline rules of marked with line breaks, CJK emphasis, and without the single `~`. */
export const inlineRules = {
  ...breaks,
  // Escapes and maths, which hide their markers from emphasis; code comes first.
  anyPunctuationOutsideCode: new RegExp(
    String.raw`(${'`'}+)(?:[^${'`'}]|[^${'`'}][^]*?[^${'`'}])\1(?!${'`'})|${'`'}+|(${MATHS}|(?<!\w)${DUNDER}|\\[\p{P}\p{S}])`,
    'gu',
  ),
  emStrongLDelim: new RegExp(
    String.raw`^(?:\*+(?:((?!\*)${PUNCTUATION})|([^\s*]))?)|^_+(?:((?!_)${PUNCTUATION})|([^\s_]))?`,
    'u',
  ),
  emStrongRDelimAst: closers(
    String.raw`^[^_*]*?__[^_*]*?\*[^_*]*?(?=__)|[^*]+(?=[^*])`,
    String.raw`\*`,
    String.raw`\*+`,
  ),
  delLDelim: new RegExp(`^~~(?:((?!~)${PUNCTUATION})|[^\\s~])`, 'u'),
  delRDelim: closers('^[^~]+(?=[^~])', '~', '~~?'),
  punctuation: new RegExp(String.raw`^((?![*_])(?:[\s\p{P}\p{S}]|${CJK}))`, 'u'),
  // A host can have letters beyond ASCII, as a word of cased letters has. A name that goes on with one
  // is no address.
  url: new RegExp(
    breaks.url.source
      .replace('[a-zA-Z0-9\\-]', String.raw`[\w\p{LC}\-]`)
      .replaceAll(String.raw`(?![\w-])`, String.raw`(?![\w-]|\.?(?=[^\0-\x7f])[\p{LC}\p{M}])`),
    'u',
  ),
  // Also stops where `escape` recognizes more than a backslash. The name in an address is bounded,
  // because marked looks for its end from each character of a long word.
  text: new RegExp(
    breaks.text.source
      .replaceAll('[\\\\<!', '[$【\\ue200-\\ue2ff\\\\<!')
      .replaceAll('~-]+@', '~-]{1,64}@'),
  ),
};

/**
 * Matches the runs of a marker that end or begin emphasis, in the groups that marked expects: 1 and 2
 * end, 3 and 4 begin, 5 and 6 do both.
 * @param {string} skipped  alternatives before those of the runs
 * @param {string} mark
 * @param {string} run
 */
function closers(skipped, mark, run) {
  const punctuation = `(?!${mark})${PUNCTUATION}`;
  const letter = `(?!${mark})${LETTER}`;
  const label = `[:.,;!?)\\]%"”’»](?=${mark}{2}[\\p{L}\\p{N}])`; // **Note:**Text
  return new RegExp(
    [
      skipped,
      `${punctuation}(${run})(?=\\s|$)`,
      `${letter}(${run})(?!${mark})(?=\\s|${PUNCTUATION}|$)`,
      `(?:\\s|(?!${label})${punctuation}(?!${run}${CJK}))(${run})(?=${LETTER})`,
      `\\s(${run})(?!${mark})(?=${PUNCTUATION})`,
      `(?:${label}|${punctuation}(?=${run}(?:${PUNCTUATION}|${CJK})))(${run})(?!${mark})(?=\\S)`,
      `(?!\\d${mark}[a-z\\d])${letter}(${run})(?=${letter})`,
    ].join('|'),
    'gu',
  );
}

/** @param {RegExp} rule */
function interruptible({ source }) {
  const interruption = String.raw`\n(?!${MATHS_OPENING}| {0,3}\[\^[^\s\]]+\]:|`;
  return new RegExp(source.replace('\\n(?!', interruption));
}
