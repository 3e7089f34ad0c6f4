const SELECTOR = 'a[data-host]';

/**
 * Shows the host of a link in an answer while the link is hovered or focused, by a module that is
 * loaded with the first one.
 * @param {HTMLElement} root
 */
export function linkHost(root) {
  for (const type of ['pointerover', 'focusin'])
    root.addEventListener(type, ({ target }) => {
      const link = target instanceof Element && target.closest(SELECTOR);
      if (link instanceof HTMLElement)
        import('./link-tooltip.js').then(({ showHost }) => showHost(link)).catch(() => {});
    });
}
