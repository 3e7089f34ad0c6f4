const cleared = 1000; // milliseconds, after which the same words are news again

/**
 * Speaks to those who listen to the page rather than look at it.
 * @param {{ status: HTMLElement, spoken: HTMLElement }} regions
 */
export function announcer({ status, spoken }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let clearing;
  document.addEventListener('announce', event => say(/** @type {CustomEvent} */ (event).detail));
  return { say, read };

  /** @param {string} words */
  function say(words) {
    clearTimeout(clearing);
    status.textContent = words;
    clearing = setTimeout(() => status.replaceChildren(), cleared);
  }

  /** @param {string} answer  in plain words */
  function read(answer) {
    spoken.textContent = answer;
  }
}
