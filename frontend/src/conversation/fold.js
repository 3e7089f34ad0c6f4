// Letters that have no decomposition into a base letter and a mark.
const LETTERS = /** @type {Record<string, string>} */ ({
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ς: 'σ',
});

/**
 * A text for comparison: in lower case, without accents, Arabic and Hebrew vowel points, and
 * compatibility forms such as ligatures and full-width letters.
 * @param {string} text
 */
export function fold(text) {
  const lower = text.toLowerCase();
  if (/^[\0-\x7f]*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]/g, '')
    .normalize()
    .replace(/[ßøłđðþæœıς]/g, letter => LETTERS[letter]);
}

/**
 * The ranges of a text that contain one of the words, as they are folded.
 * @param {string} text
 * @param {string[]} words  folded
 * @returns {[start: number, end: number][]}  in order, not overlapping
 */
export function matches(text, words) {
  /** @type {number[]} */
  const starts = []; // for each folded code unit, the index of its character in the text
  let folded = '';
  let index = 0;
  for (const character of text) {
    const part = character < '\x80' ? character.toLowerCase() : fold(character);
    for (let unit = 0; unit < part.length; unit++) starts.push(index);
    folded += part;
    index += character.length;
  }
  starts.push(index);
  /** @type {[number, number][]} */
  const ranges = [];
  for (const word of words.filter(Boolean)) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length))
      ranges.push([starts[at], endOf(at + word.length)]);
  }
  return merged(ranges);

  /** The end of the character before a folded code unit. @param {number} unit */
  function endOf(unit) {
    let next = unit;
    while (next < folded.length && starts[next] === starts[unit - 1]) next++;
    return starts[next];
  }
}

/** @param {[number, number][]} ranges */
function merged(ranges) {
  /** @type {[number, number][]} */
  const result = [];
  for (const [start, end] of ranges.sort(([one], [other]) => one - other)) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}
