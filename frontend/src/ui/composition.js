/**
 * Whether this key press sends the text. Not while an input method composes: its Enter chooses a
 * candidate, and Safari reports it after the composition has ended, with the key code 229 only.
 * On a touch screen Enter is the only way to a new line.
 * @param {KeyboardEvent} event
 */
export function sends(event) {
  return (
    event.key === 'Enter' &&
    !event.shiftKey &&
    !composing(event) &&
    !matchMedia('(pointer: coarse)').matches
  );
}

/** @param {KeyboardEvent} event */
export function composing(event) {
  return event.isComposing || event.keyCode === 229;
}
