/**
 * Holds a button back for some seconds and shows on it how many are left. It stays focusable.
 * @param {HTMLButtonElement} button
 * @param {number} seconds
 * @param {(left: number) => string} label
 */
export function countdown(button, seconds, label) {
  const end = Date.now() + seconds * 1000;
  const ticking = setInterval(tick, 250);
  button.addEventListener('click', holdBack, { capture: true });
  tick();

  function tick() {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    button.textContent = label(left);
    button.ariaDisabled = String(left > 0);
    if (left === 0) clearInterval(ticking);
  }

  /** @param {Event} event */
  function holdBack(event) {
    if (button.ariaDisabled === 'true') event.stopImmediatePropagation();
  }
}
