import { element } from '../element.js';
import { strings } from '../strings/strings.js';
import { spinnerDot } from './classes.js';

/** @import { Message } from '../conversation/conversation.js' */

/**
 * A progress indicator until the first text of an answer, with the elapsed seconds.
 * @param {number} since  epoch milliseconds
 */
export function thinking(since) {
  const label = element('span', { className: '[font-variant-numeric:tabular-nums]' });
  const dot = element('span', { className: spinnerDot });
  const className = 'flex min-h-6.5 items-center gap-3 text-muted';
  const root = element('p', { className, hidden: true }, dot, label);
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  return { element: root, update };

  /** @param {Message} message */
  function update({ status, text }) {
    const waiting = status === 'streaming' && text === '';
    root.hidden = !waiting;
    if (waiting) timer ??= setInterval(tick, 1000);
    else clearInterval(timer);
  }

  function tick() {
    if (!root.isConnected) clearInterval(timer);
    label.textContent = strings.thinking(Math.round((Date.now() - since) / 1000));
  }
}
