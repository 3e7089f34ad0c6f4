import { isComposing } from './composition.js';

const apple = /Mac|iP(?:hone|ad|od)/.test(navigator.platform);

/** @typedef {'palette' | 'newChat' | 'sidebar' | 'settings' | 'stop' | 'write'} Shortcut */
/**
 * The commands of the page, for the keyboard and the palette.
 * @typedef {Record<Shortcut | 'editLast', () => void> & { theme(choice: string): void }} Commands
 */

/**
 * Global keyboard shortcuts. They are off while a dialog is open.
 * @param {Commands} commands
 */
export function shortcuts(commands) {
  addEventListener('keydown', event => {
    const ignored = event.defaultPrevented || event.repeat || isComposing(event);
    if (ignored || document.querySelector('dialog[open]')) return;
    const command = commandFor(event);
    if (!command) return;
    event.preventDefault();
    commands[command]();
  });
}

/**
 * @param {KeyboardEvent} event
 * @returns {Shortcut | undefined}
 */
function commandFor({ key, code, shiftKey, altKey, metaKey, ctrlKey, target }) {
  const withModifier = apple ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  const unmodified = !metaKey && !ctrlKey && !altKey;
  // On a keyboard layout without Latin letters, the one of the key.
  const pressed = key.replace(/^[^ -~]$/, code.replace('Key', '')).toLowerCase();
  if (pressed === 'escape' && unmodified) return shiftKey ? 'write' : 'stop';
  if (/^[?؟]$/.test(key) && unmodified && !isTextField(target)) return 'settings';
  if (!withModifier || altKey) return undefined;
  if (shiftKey) return pressed === 'o' ? 'newChat' : undefined;
  if (pressed === 'k') return 'palette';
  return pressed === 'b' ? 'sidebar' : undefined;
}

/** @param {EventTarget | null} target */
function isTextField(target) {
  if (target instanceof HTMLInputElement) return /text|search/.test(target.type);
  return target instanceof HTMLTextAreaElement;
}
