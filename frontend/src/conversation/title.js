const MAX_TITLE_LENGTH = 60; // code points

/**
 * Derives a title from the first line of the first question.
 * @param {string} text
 */
export function title(text) {
  const line = text.trim().split('\n', 1)[0].trim();
  if ([...line].length <= MAX_TITLE_LENGTH) return line;
  const start = [...line].slice(0, MAX_TITLE_LENGTH - 1).join('');
  return `${start.replace(/\s+\S{0,12}$/, '')}…`;
}
