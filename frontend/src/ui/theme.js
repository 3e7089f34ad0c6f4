const dark = matchMedia('(prefers-color-scheme: dark)');
const colours = { light: '#ffffff', dark: '#161615' }; // --bg of each, for the browser's own frame

/**
 * Light, dark or as the system. index.html has applied what was chosen before the first paint.
 * @param {HTMLElement} root  with a radio button for each
 */
export function theme(root) {
  const stored = read();
  for (const input of root.querySelectorAll('input')) input.checked = input.value === stored;
  root.addEventListener('change', ({ target }) =>
    choose(/** @type {HTMLInputElement} */ (target).value),
  );
  dark.addEventListener('change', () => apply(read()));
  apply(stored);
}

/** @param {string} choice */
function choose(choice) {
  try {
    localStorage.theme = choice;
  } catch {
    // It then holds for this visit.
  }
  apply(choice);
}

/** @returns {string} */
function read() {
  try {
    return localStorage.theme ?? 'system';
  } catch {
    return 'system';
  }
}

/** @param {string} choice */
function apply(choice) {
  const shown = choice === 'dark' || (choice !== 'light' && dark.matches) ? 'dark' : 'light';
  document.documentElement.dataset.theme = shown;
  for (const meta of document.querySelectorAll('meta[name=theme-color]')) {
    meta.setAttribute('content', colours[shown]);
  }
}
