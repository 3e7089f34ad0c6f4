import { copy } from '../render/copy.js';
import { strings } from '../strings.js';
import { element } from './element.js';
import { icon } from './icon.js';

/** @import { Message } from '../conversation/message.js' */

const confirmed = 1500; // milliseconds the tick is shown

/**
 * @param {{ text: () => string, regenerate: () => void }} answer
 */
export function turnActions({ text, regenerate }) {
  const copying = action('copy', strings.copyAnswer);
  const again = action('again', strings.regenerate);
  const root = element('div', { className: 'turn-actions' }, copying, again);
  copying.onclick = copyText;
  again.onclick = regenerate;
  again.classList.add('last-only');
  return { element: root, update };

  /** @param {Message} message */
  function update(message) {
    root.hidden = message.status === 'streaming';
    copying.hidden = message.text === '';
  }

  async function copyText() {
    const done = await copy(text());
    const detail = done ? strings.copied : strings.notCopied;
    root.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
    if (!done) return;
    copying.replaceChildren(icon('done'));
    setTimeout(() => copying.replaceChildren(icon('copy')), confirmed);
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
