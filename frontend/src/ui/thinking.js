import { strings } from '../strings/strings.js';
import { element } from './element.js';

/** @import { Message } from '../conversation/message.js' */

/**
 * Stands where the answer will: a dot, and after a second how long it has been.
 * @param {number} since
 */
export function thinking(since) {
  const label = element('span');
  const root = element(
    'p',
    { className: 'thinking', hidden: true },
    element('span', { className: 'dot' }),
    label,
  );
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let ticking;
  return { element: root, update };

  /** @param {Message} message */
  function update({ status, text }) {
    const waiting = status === 'streaming' && text === '';
    root.hidden = !waiting;
    if (waiting) ticking ??= setInterval(tick, 1000);
    else clearInterval(ticking);
  }

  function tick() {
    if (!root.isConnected) clearInterval(ticking);
    label.textContent = strings.thinking(Math.round((Date.now() - since) / 1000));
  }
}
