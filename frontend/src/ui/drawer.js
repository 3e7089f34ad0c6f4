import { storedSetting } from './stored-setting.js';

const wide = matchMedia('(min-width: 64rem)'); // the breakpoint `lg`

/**
 * Shows the sidebar beside the page on a wide screen, and in a modal dialog on a narrow one. A script
 * of index.html hides it before the first paint.
 * @param {{ sidebar: HTMLElement, dialog: HTMLDialogElement, button: HTMLElement }} elements
 * @returns {() => void}  toggles the sidebar
 */
export function drawer({ sidebar, dialog, button }) {
  const content = /** @type {HTMLElement} */ (sidebar.firstElementChild);
  const setting = storedSetting('sidebar', 'shown'); // or 'hidden'

  button.onclick = toggle;
  dialog.onclose = () => sidebar.append(content);
  dialog.onclick = ({ target }) => {
    if (target === dialog || /** @type {Element} */ (target).closest('a')) dialog.close();
  };
  wide.onchange = () => {
    if (dialog.open) dialog.close();
    updateButton();
  };
  updateButton();
  return toggle;

  function toggle() {
    if (wide.matches) {
      const hidden = document.documentElement.toggleAttribute('data-sidebar-hidden');
      setting.write(hidden ? 'hidden' : 'shown');
      updateButton();
    } else {
      dialog.append(content);
      dialog.showModal();
    }
  }

  function updateButton() {
    const hidden = document.documentElement.hasAttribute('data-sidebar-hidden');
    button.ariaExpanded = String(wide.matches && !hidden);
  }
}
