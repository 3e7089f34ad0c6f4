const wide = matchMedia('(min-width: 64rem)');

/**
 * Where the sidebar is: beside the page where there is room, in a dialog over it where there is
 * not. The browser keeps the dialog's focus and gives it back.
 * @param {{ sidebar: HTMLElement, dialog: HTMLDialogElement, button: HTMLElement }} elements
 * @returns {() => void}  shows or hides it
 */
export function drawer({ sidebar, dialog, button }) {
  const content = /** @type {HTMLElement} */ (sidebar.firstElementChild);

  button.onclick = toggle;
  dialog.onclose = () => sidebar.append(content);
  dialog.onclick = ({ target }) => {
    if (target === dialog || /** @type {Element} */ (target).closest('a')) dialog.close();
  };
  wide.onchange = () => {
    if (dialog.open) dialog.close();
    describe();
  };
  describe();
  return toggle;

  function toggle() {
    if (wide.matches) show(document.documentElement.hasAttribute('data-sidebar-hidden'));
    else open();
  }

  function open() {
    dialog.append(content);
    dialog.showModal();
  }

  /** @param {boolean} visible */
  function show(visible) {
    document.documentElement.toggleAttribute('data-sidebar-hidden', !visible);
    describe();
  }

  function describe() {
    const hidden = document.documentElement.hasAttribute('data-sidebar-hidden');
    button.ariaExpanded = String(wide.matches && !hidden);
  }
}
