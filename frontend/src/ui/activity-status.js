import { element } from '../element.js';
import { doing } from './activity-steps.js';
import { spinnerDot } from './classes.js';

/** @import { Message } from '../conversation/conversation.js' */

/** The line after the text while the model pauses to think or to search. */
export function activityStatus() {
  const label = element('span', { className: 'min-w-0 truncate' });
  const clock = timeLabel();
  const className = 'mt-3 flex min-h-6.5 items-center gap-3 text-muted';
  const dot = element('span', { className: spinnerDot });
  const root = element('p', { className, hidden: true }, dot, label, clock);
  return {
    element: root,
    /** @param {string} time */
    tick(time) {
      clock.textContent = time;
    },
    /** @param {Message | undefined} message  undefined while the model writes */
    update(message) {
      root.hidden = !message;
      label.replaceChildren(...(message?.activity ? doing(message.activity) : []));
    },
  };
}

/** A clock, which a screen reader does not say. */
export function timeLabel() {
  const className = 'shrink-0 [font-variant-numeric:tabular-nums]';
  return element('span', { className, 'aria-hidden': 'true' });
}
