import { element } from '../element.js';
import { modal } from './on-demand-classes.js';

/**
 * Opens a modal dialog. Escape or a click outside closes and removes it. The browser moves the focus
 * into it and restores it.
 * @param {{ className: string, label: string }} properties
 * @param {Node[]} content
 */
export function dialog({ className, label }, ...content) {
  const properties = { className: `${modal} ${className}`, 'aria-label': label };
  const status = element('div', { className: 'status sr-only', 'aria-live': 'polite' });
  const root = element('dialog', properties, ...content, status);
  root.onclick = ({ target }) => {
    if (target === root) root.close();
  };
  root.onclose = () => root.remove();
  document.body.append(root);
  root.showModal();
  return root;
}
