const MAX_LENGTH = 200; // characters; browsers cut off a longer utterance
const SENTENCE = /[^.!?…。！？]*[.!?…。！？]*\s*/g; // where the browser does not know them

/**
 * The sentences of a text, and the parts of one that is too long, at spaces where it has some.
 * @param {string} text
 * @param {string} language
 * @returns {string[]}
 */
export function sentences(text, language) {
  return text
    .split('\n')
    .flatMap(line => segments(line, language))
    .flatMap(sentence => parts(sentence.trim()))
    .filter(Boolean);
}

/**
 * @param {string} line
 * @param {string} language
 */
function segments(line, language) {
  if (!('Segmenter' in Intl)) return line.match(SENTENCE) ?? [];
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  return Array.from(segmenter.segment(line), ({ segment }) => segment);
}

/** @param {string} sentence @returns {string[]} */
function parts(sentence) {
  if (sentence.length <= MAX_LENGTH) return [sentence];
  const start = sentence.slice(0, MAX_LENGTH + 1);
  const space = start.search(/[\s,;:、，；][^\s,;:、，；]*$/) + 1;
  const end =
    space > 0 ? space : MAX_LENGTH - (/[\uD800-\uDBFF]$/.test(start.slice(0, -1)) ? 1 : 0);
  return [sentence.slice(0, end).trim(), ...parts(sentence.slice(end).trim())];
}
