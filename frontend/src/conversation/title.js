const longest = 60; // characters; what two lines of the list could show

/**
 * Names a conversation after the first words of its first question.
 * @param {string} text
 */
export function title(text) {
  const line = text.trim().split('\n', 1)[0].trim();
  if ([...line].length <= longest) return line;
  const start = [...line].slice(0, longest - 1).join('');
  return `${start.replace(/\s+\S{0,12}$/, '')}…`;
}
