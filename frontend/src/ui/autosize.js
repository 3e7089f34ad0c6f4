/**
 * Grows a text area with its text in browsers without `field-sizing`. The style sheet sets the
 * limits.
 * @param {HTMLTextAreaElement} field
 * @returns {() => void}  to call after a change of the text
 */
export function autosize(field) {
  if (CSS.supports('field-sizing', 'content')) return () => {};
  return () => {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  };
}
