import { strings } from '../strings.js';
import { copyButton } from './copy-button.js';
import { element } from './element.js';
import { icon } from './icon.js';

/** @import { Message } from '../conversation/message.js' */

/**
 * @param {{ text: () => string, regenerate: () => void }} answer
 */
export function turnActions({ text, regenerate }) {
  const copying = copyButton(action('copy', strings.copyAnswer), text);
  const again = action('again', strings.regenerate);
  const root = element('div', { className: 'turn-actions' }, copying, again);
  again.onclick = regenerate;
  again.classList.add('last-only');
  return { element: root, update };

  /** @param {Message} message */
  function update(message) {
    root.hidden = message.status === 'streaming';
    copying.hidden = message.text === '';
  }
}

/**
 * @param {string} symbol
 * @param {string} name
 */
function action(symbol, name) {
  return element(
    'button',
    { type: 'button', className: 'icon-button', title: name, 'aria-label': name },
    icon(symbol),
  );
}
