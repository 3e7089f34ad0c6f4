import { storedSetting } from './stored-setting.js';

const dark = matchMedia('(prefers-color-scheme: dark)');
const colours = { light: '#ffffff', dark: '#161615' }; // --bg, for the theme-color of the browser
const stored = storedSetting('theme', 'system'); // index.html reads it too, before the first paint

/**
 * The theme: light, dark or the one of the system.
 * @param {HTMLElement} root  holds a radio button for each choice
 * @returns {(choice: string) => void}
 */
export function theme(root) {
  root.addEventListener('change', ({ target }) =>
    choose(/** @type {HTMLInputElement} */ (target).value),
  );
  dark.addEventListener('change', apply);
  choose(stored.read());
  return choose;

  /** @param {string} choice */
  function choose(choice) {
    stored.write(choice);
    for (const input of root.querySelectorAll('input')) input.checked = input.value === choice;
    apply();
  }
}

function apply() {
  const choice = stored.read();
  const shown = choice === 'dark' || (choice !== 'light' && dark.matches) ? 'dark' : 'light';
  document.documentElement.dataset.theme = shown;
  for (const meta of document.querySelectorAll('meta[name=theme-color]')) {
    meta.setAttribute('content', colours[shown]);
  }
}
