const MAX_LENGTH = 60;
// With the signs that belong to letters, and the joiners between those of Indic scripts and Persian.
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d]*/gu;

/** The letters and digits of a title, which every file system accepts. @param {string} title */
export function fileName(title) {
  const words = title.match(WORD) ?? ['conversation'];
  return words.join('-').slice(0, MAX_LENGTH);
}
