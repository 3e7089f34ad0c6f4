/**
 * Marks the document while the keyboard moves the focus. A text field matches :focus-visible however
 * it was focused, so that its ring needs this mark.
 */
export function keyboardFocus() {
  const root = document.documentElement;
  addEventListener('pointerdown', () => root.removeAttribute('data-keyboard'), true);
  addEventListener(
    'keydown',
    ({ key, target }) => {
      const types = target instanceof HTMLTextAreaElement && key !== 'Tab';
      if (!types) root.setAttribute('data-keyboard', '');
    },
    true,
  );
}
