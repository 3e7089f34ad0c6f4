import { composing } from './composition.js';

const apple = /Mac|iP(?:hone|ad|od)/.test(navigator.platform);

/** How a key is written that is pressed with ⌘, or Ctrl elsewhere. @param {string} key */
export function withCommand(key) {
  return apple ? `⌘${key}` : `Ctrl+${key}`;
}

/** @param {string} key */
export function shifted(key) {
  return apple ? `⇧${key}` : `Shift+${key}`;
}

/**
 * What the reader can do from anywhere.
 * @typedef {object} Deeds
 * @property {() => void} palette
 * @property {() => void} newChat
 * @property {() => void} sidebar
 * @property {() => void} settings
 * @property {() => void} stop
 * @property {() => void} write
 * @property {() => void} editLast
 * @property {(choice: string) => void} theme
 */

/**
 * The keys that do something wherever the focus is. While a dialog is open they are its own.
 * @param {Deeds} deeds
 */
export function shortcuts(deeds) {
  addEventListener('keydown', event => {
    const taken = event.defaultPrevented || event.repeat || composing(event);
    if (taken || document.querySelector('dialog[open]')) return;
    const deed = meant(event);
    if (!deed) return;
    event.preventDefault();
    deeds[deed]();
  });
}

/**
 * @param {KeyboardEvent} event
 * @returns {'palette' | 'newChat' | 'sidebar' | 'settings' | 'stop' | 'write' | undefined}
 */
function meant({ key, shiftKey, altKey, metaKey, ctrlKey, target }) {
  const command = apple ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  const plain = !metaKey && !ctrlKey && !altKey;
  const pressed = key.toLowerCase();
  if (pressed === 'escape' && plain) return shiftKey ? 'write' : 'stop';
  if (pressed === '?' && plain && !isField(target)) return 'settings';
  if (!command || altKey) return undefined;
  if (shiftKey) return pressed === 'o' ? 'newChat' : undefined;
  if (pressed === 'k') return 'palette';
  return pressed === 'b' ? 'sidebar' : undefined;
}

/** @param {EventTarget | null} target */
function isField(target) {
  if (target instanceof HTMLInputElement) return /text|search/.test(target.type);
  return target instanceof HTMLTextAreaElement;
}
