const TICK_MS = 250;

/**
 * Disables a button for some seconds and shows the rest on it. It stays focusable.
 * @param {HTMLButtonElement} button
 * @param {number} seconds
 * @param {(secondsLeft: number) => string} label
 */
export function countdown(button, seconds, label) {
  const end = Date.now() + seconds * 1000;
  const timer = setInterval(tick, TICK_MS);
  button.addEventListener('click', blockWhileDisabled, { capture: true });
  tick();

  function tick() {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    button.textContent = label(left);
    button.ariaDisabled = String(left > 0);
    if (left === 0) clearInterval(timer);
  }

  /** @param {Event} event */
  function blockWhileDisabled(event) {
    if (button.ariaDisabled === 'true') event.stopImmediatePropagation();
  }
}
