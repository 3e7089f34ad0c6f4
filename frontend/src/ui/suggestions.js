/**
 * Puts a chosen suggestion into the composer. Nothing is sent before the user says so.
 * @param {HTMLElement} root  holds one button per suggestion
 * @param {{ draft: (text: string) => void, fill: (text: string) => void, focus: () => void }} composer
 */
export function suggestions(root, { draft, fill, focus }) {
  root.addEventListener('click', ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    draft(target.textContent);
    fill(target.textContent);
    focus();
  });
}
