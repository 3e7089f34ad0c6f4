export const ENGLISH_PLACEHOLDERS = { image: 'Image', audio: 'Audio', file: 'File' };

let words = ENGLISH_PLACEHOLDERS;

/** What stands in a message in the place of what an export does not include. */
export const placeholders = {
  image: () => `[${words.image}]`,
  audio: () => `[${words.audio}]`,
  file: (/** @type {string} */ name) => `[${words.file}: ${name}]`,
};

/** In the language of the page, which a worker does not know. @param {typeof words} translated */
export function setPlaceholders(translated) {
  words = translated;
}
