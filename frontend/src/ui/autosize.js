/**
 * Lets a text field grow with its text where the browser cannot do it by itself; the style sheet
 * sets the limits.
 * @param {HTMLTextAreaElement} field
 * @returns {() => void}  to be called when the text has changed
 */
export function autosize(field) {
  if (CSS.supports('field-sizing', 'content')) return () => {};
  return () => {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  };
}
