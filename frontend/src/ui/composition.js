const touch = matchMedia('(pointer: coarse)');

/** Whether the device has an on-screen keyboard. */
export function isTouchScreen() {
  return touch.matches;
}

/**
 * Whether a key press sends the text. Enter does not while an input method composes text: there it
 * chooses a candidate. On a touch screen Enter inserts a line break, for which it is the only key, and
 * a hardware keyboard sends with Ctrl or Cmd.
 * @param {KeyboardEvent} event
 */
export function isSendKey(event) {
  const sends = event.ctrlKey || event.metaKey || (!event.shiftKey && !isTouchScreen());
  return event.key === 'Enter' && sends && !isComposing(event);
}

/** What the Enter key of an on-screen keyboard does, as its label. */
export function enterKeyHint() {
  return isTouchScreen() ? 'enter' : 'send';
}

/**
 * Safari reports the last key of a composition after the composition has ended, with key code 229.
 * @param {KeyboardEvent} event
 */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}
