import { element } from './element.js';
import { icon } from './icon.js';

/**
 * A button that is a symbol.
 * @param {string} symbol
 * @param {string} label
 * @param {(event: MouseEvent) => void} [onclick]
 */
export function actionButton(symbol, label, onclick) {
  return element(
    'button',
    {
      type: 'button',
      className: 'icon-button',
      name: symbol,
      title: label,
      'aria-label': label,
      onclick,
    },
    icon(symbol),
  );
}
