import { copy } from '../render/copy.js';
import { strings } from '../strings/strings.js';
import { icon } from './icon.js';

const CONFIRMATION_MS = 1500;

/**
 * Makes a button copy a text to the clipboard, and confirm it on the button and in a live region.
 * @template {HTMLButtonElement} T
 * @param {T} button
 * @param {() => string} text
 * @param {Node | string} done  the button's content while it confirms
 * @returns {T}
 */
export function copyButton(button, text, done = icon('done')) {
  const content = [...button.childNodes];
  button.onclick = async () => {
    const copied = await copy(text());
    const detail = copied ? strings.copied : strings.notCopied;
    button.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
    if (!copied) return;
    button.replaceChildren(done);
    setTimeout(() => button.replaceChildren(...content), CONFIRMATION_MS);
  };
  return button;
}
