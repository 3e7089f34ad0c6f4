/** Names, and in the same order their characters. */
const groups = [
  ['amp lt gt quot apos', '&<>"\''],
  ['nbsp shy ensp emsp thinsp zwnj zwj', '\u00a0\u00ad\u2002\u2003\u2009\u200c\u200d'],
  ['copy reg trade deg micro para sect', '©®™°µ¶§'],
  ['middot bull hellip ndash mdash', '·•…–—'],
  ['lsquo rsquo ldquo rdquo laquo raquo', '‘’“”«»'],
  ['euro pound yen cent', '€£¥¢'],
  ['times divide plusmn minus ne le ge asymp infin radic sum', '×÷±−≠≤≥≈∞√∑'],
  ['frac12 frac14 frac34 sup2 sup3', '½¼¾²³'],
  ['larr uarr rarr darr harr check', '←↑→↓↔✓'],
  ['alpha beta gamma delta lambda mu pi sigma omega Delta Omega', 'αβγδλμπσωΔΩ'],
];
const namedCharacters = new Map(
  groups.flatMap(([names, all]) => names.split(' ').map((name, index) => [name, all[index]])),
);

/**
 * Decodes HTML character references. Of the 2,231 names only common ones are known, because the full
 * table is larger than the lexer; unknown names stay as they are.
 * @param {string} text
 */
export function decodeCharacterReferences(text) {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w+));/g,
    (written, decimal, hex, name) => {
      if (name) return namedCharacters.get(name) ?? written;
      return character(decimal ? Number(decimal) : Number.parseInt(hex, 16));
    },
  );
}

/** @param {number} code */
function character(code) {
  const forbidden = code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
  return forbidden ? '\ufffd' : String.fromCodePoint(code);
}
