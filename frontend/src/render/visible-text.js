/**
 * Shows the control characters that reorder the text after them as marks, such as [U+202E], so that
 * text cannot pretend to be other text.
 * @param {string} text
 */
export function visibleText(text) {
  return text.replace(
    /[\u202a-\u202e\u2066-\u2069]/g,
    control => `[U+${control.charCodeAt(0).toString(16).toUpperCase()}]`,
  );
}
