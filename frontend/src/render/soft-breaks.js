const MAX_WORD = 400; // characters
const SCRIPTS = 'Arab Syrc Nkoo Mong Adlm Thai Laoo Khmr Mymr Deva Beng Taml Telu'.split(' ');
const LETTER = `[${SCRIPTS.map(script => `\\p{scx=${script}}`).join('')}]`;
const part = new RegExp(`${LETTER}{${MAX_WORD},}?(?=${LETTER})(?!\\p{M})`, 'gu');

/**
 * Cuts words that are too long for a browser to lay out: in scripts whose letters join, or whose words
 * are found with a dictionary, each line costs time for all the rest of the word. 66,000 letters took
 * 16 seconds. A `<wbr>` between the parts changes no text that is copied.
 * @param {string} text
 * @returns {string[]}  mostly one
 */
export function softBreaks(text) {
  if (text.length <= MAX_WORD) return [text];
  const ends = [...text.matchAll(part)].map(({ 0: word, index }) => index + word.length);
  return [0, ...ends].map((start, at) => text.slice(start, ends[at]));
}
