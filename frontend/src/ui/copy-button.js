import { copy } from '../render/copy.js';
import { turnStrings } from '../strings/turns.js';
import { icon } from './icon.js';

const CONFIRMATION_MS = 1500;

/**
 * Makes a button copy a text to the clipboard, and confirm it on the button and in a live region.
 * @template {HTMLButtonElement} T
 * @param {T} button
 * @param {() => string} text
 * @param {Node | string} done  the button's content while it confirms
 * @param {() => Promise<Blob>} [html]  the text for programs that take formatted text
 * @returns {T}
 */
export function copyButton(button, text, done = icon('done'), html = undefined) {
  const content = [...button.childNodes];
  button.onclick = async () => {
    const copied = (html && (await copyFormatted(text(), html))) || (await copy(text()));
    const detail = copied ? turnStrings.copied : turnStrings.notCopied;
    button.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
    if (!copied) return;
    button.replaceChildren(done);
    setTimeout(() => button.replaceChildren(...content), CONFIRMATION_MS);
  };
  return button;
}

/**
 * @param {string} text
 * @param {() => Promise<Blob>} html
 * @returns {Promise<boolean>}  whether it was copied
 */
async function copyFormatted(text, html) {
  try {
    const item = new ClipboardItem({
      'text/plain': new Blob([text], { type: 'text/plain' }),
      'text/html': html(),
    });
    await navigator.clipboard.write([item]);
    return true;
  } catch {
    return false;
  }
}
