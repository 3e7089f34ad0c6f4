import { renderStrings } from '../strings/render.js';
import { plainText } from './plain-text.js';

export { plainText };

/**
 * What a screen reader says of an answer.
 * @param {string} markdown
 * @param {string} setting  `full`, `first` for the first sentence, `complete` for no text
 */
export function spokenText(markdown, setting) {
  const text = plainText(markdown);
  const spoken = setting === 'first' ? firstSentence(text) : text;
  return {
    end: renderStrings.complete(wordCount(text)),
    text: setting === 'complete' ? undefined : spoken,
  };
}

/** A text with no word in it, as of signs, counts as one. @param {string} text */
function wordCount(text) {
  let count = 0;
  for (const word of words(text)) if (word) count++;
  return count || Number(text !== '');
}

/**
 * Chinese, Japanese and Thai have no spaces between words. A Firefox before 125 cannot segment them.
 * @param {string} text
 */
function* words(text) {
  if (!('Segmenter' in Intl)) return yield* text.split(/\s+/);
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  for (const { isWordLike } of segmenter.segment(text)) yield isWordLike;
}

/** @param {string} text */
function firstSentence(text) {
  return /^.*?(?:[.!?…](?=\s)|[。！？]|$)/m.exec(text)?.[0] ?? text;
}
