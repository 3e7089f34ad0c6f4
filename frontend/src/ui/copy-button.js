import { copy } from '../render/copy.js';
import { strings } from '../strings/strings.js';
import { icon } from './icon.js';

const confirmed = 1500; // milliseconds the tick is shown

/**
 * Lets a button copy a text, and shows and says whether it did.
 * @template {HTMLButtonElement} T
 * @param {T} button
 * @param {() => string} text
 * @param {Node | string} done  what is on the button for a moment
 * @returns {T}
 */
export function copyButton(button, text, done = icon('done')) {
  const face = [...button.childNodes];
  button.onclick = async () => {
    const copied = await copy(text());
    const detail = copied ? strings.copied : strings.notCopied;
    button.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
    if (!copied) return;
    button.replaceChildren(done);
    setTimeout(() => button.replaceChildren(...face), confirmed);
  };
  return button;
}
