import { element } from '../element.js';
import { button, iconButton } from './classes.js';
import { icon } from './icon.js';

/**
 * A button with an icon; its label is the tooltip and the accessible name.
 * @param {string} name  of the icon, and of the button
 * @param {string} label
 * @param {(event: MouseEvent) => void} [onclick]
 */
export function actionButton(name, label, onclick) {
  const labels = { title: label, 'aria-label': label };
  const properties = { type: 'button', className: iconButton, name, ...labels, onclick };
  return element('button', properties, icon(name));
}

/**
 * A button with a text.
 * @param {string} label
 * @param {(event: MouseEvent) => void} [onclick]
 * @param {string} [className]
 */
export function textButton(label, onclick, className = button) {
  return element('button', { type: 'button', className, onclick }, label);
}
