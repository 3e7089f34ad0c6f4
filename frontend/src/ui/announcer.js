const CLEAR_DELAY_MS = 1000; // a live region announces the same text again only after a change

/**
 * The live regions of the page. Any element can announce a text with a bubbling `announce` event
 * whose detail is the text. While a modal dialog is open, its own region does: the others are inert.
 * @param {{ status: HTMLElement, spoken: HTMLElement }} regions
 */
export function announcer({ status, spoken }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Element} */
  let region = status;
  document.addEventListener('announce', event => say(/** @type {CustomEvent} */ (event).detail));
  return { say, read };

  /** @param {string} text */
  function say(text) {
    clearTimeout(timer);
    region.replaceChildren();
    region = [...document.querySelectorAll('dialog[open] > .status')].at(-1) ?? status;
    region.textContent = text;
    timer = setTimeout(() => region.replaceChildren(), CLEAR_DELAY_MS);
  }

  /** @param {string} answer  as plain text */
  function read(answer) {
    spoken.textContent = answer;
  }
}
