import { iconButton } from './classes.js';
import { element } from './element.js';
import { icon } from './icon.js';

/**
 * A button with an icon; its label is the tooltip and the accessible name.
 * @param {string} name  of the icon, and of the button
 * @param {string} label
 * @param {(event: MouseEvent) => void} [onclick]
 */
export function actionButton(name, label, onclick) {
  return element(
    'button',
    { type: 'button', className: iconButton, name, title: label, 'aria-label': label, onclick },
    icon(name),
  );
}
