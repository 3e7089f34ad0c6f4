import { element } from './element.js';

/**
 * Shows something over the page until it is closed, by Esc or a press outside it. The browser keeps
 * the focus in it and gives it back.
 * @param {{ className: string, label: string }} properties
 * @param {Node[]} content
 */
export function dialog({ className, label }, ...content) {
  const root = element(
    'dialog',
    { className: `over ${className}`, 'aria-label': label },
    ...content,
  );
  root.onclick = ({ target }) => {
    if (target === root) root.close();
  };
  root.onclose = () => root.remove();
  document.body.append(root);
  root.showModal();
  return root;
}
