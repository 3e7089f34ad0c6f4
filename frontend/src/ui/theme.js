import { storedSetting } from './stored-setting.js';

/** @typedef {ReturnType<typeof theme>} Theme */

const dark = matchMedia('(prefers-color-scheme: dark)');
const colours = { light: '#ffffff', dark: '#161615' }; // --bg, for the theme-color of the browser
const stored = storedSetting('theme', 'system'); // index.html reads it too, before the first paint

/** The theme: `light`, `dark`, or `system` for the one of the system. */
export function theme() {
  dark.addEventListener('change', apply);
  apply();
  return { read: stored.read, write };

  /** @param {string} choice */
  function write(choice) {
    stored.write(choice);
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
