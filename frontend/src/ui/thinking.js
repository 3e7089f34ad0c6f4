import { isActing, isWaiting } from '../conversation/conversation.js';
import { element } from '../element.js';
import { endingStrings } from '../strings/endings.js';
import { turnStrings } from '../strings/turns.js';
import { spinnerDot } from './classes.js';

/** @import { Message } from '../conversation/conversation.js' */

/**
 * A progress indicator until the first text of an answer, with the elapsed seconds, and while a lost
 * connection is made again.
 */
export function thinking() {
  const label = element('span', { className: '[font-variant-numeric:tabular-nums]' });
  const dot = element('span', { className: spinnerDot });
  const className = 'flex min-h-6.5 items-center gap-3 text-muted [.turn-text:not(:empty)~&]:mt-3';
  const root = element('p', { className, hidden: true }, dot, label);
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  let since = 0; // epoch milliseconds
  let status = ''; // shown in place of the seconds
  return { element: root, update };

  /** @param {Message} message */
  function update(message) {
    const { waking, reconnecting } = message;
    const shown = (isWaiting(message) && !isActing(message)) || waking || reconnecting;
    since = message.resumed?.at ?? message.createdAt;
    status = waking ? endingStrings.waking : reconnecting ? endingStrings.reconnecting : '';
    root.hidden = !shown;
    if (shown) timer ??= setInterval(tick, 1000);
    else stop();
    if (status) label.textContent = status;
  }

  function tick() {
    if (!root.isConnected) stop();
    const seconds = Math.round((Date.now() - since) / 1000);
    label.textContent = status || turnStrings.thinking(seconds);
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
    label.textContent = '';
  }
}
