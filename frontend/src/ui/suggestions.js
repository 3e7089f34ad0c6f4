/**
 * Adds a chosen suggestion to the message in the composer. Nothing is sent before the user says so.
 * @param {HTMLElement} root  holds one button per suggestion
 * @param {{ add: (text: string) => void }} composer
 */
export function suggestions(root, { add }) {
  root.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLButtonElement) add(target.textContent);
  });
}
