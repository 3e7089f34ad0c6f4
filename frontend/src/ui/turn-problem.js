import { strings } from '../strings.js';
import { countdown } from './countdown.js';
import { element } from './element.js';

/** @import { Message } from '../conversation/message.js' */

/**
 * Says why an answer is not whole, and offers another try beside it.
 * @param {() => void} retry
 */
export function turnProblem(retry) {
  const root = element('div', { className: 'turn-problem', hidden: true });
  return { element: root, update };

  /** @param {Message} message */
  function update(message) {
    const { status, problem } = message;
    if (!root.hidden || (!problem && !note(message))) return;
    if (problem) {
      root.append(
        element('p', { role: 'alert' }, problem.message),
        retryButton(problem.retryAfter),
      );
    } else {
      root.append(element('p', { className: 'note' }, note(message) ?? ''));
      if (status === 'interrupted') root.append(retryButton());
    }
    root.hidden = false;
  }

  /** @param {number} [retryAfter] */
  function retryButton(retryAfter = 0) {
    const button = element('button', { type: 'button', className: 'retry', onclick: retry });
    countdown(button, retryAfter, left => (left > 0 ? strings.retryIn(left) : strings.retry));
    return button;
  }
}

/** @param {Message} message */
function note({ status, cutShort }) {
  const { notes } = strings;
  if (status === 'stopped' || status === 'interrupted') return notes[status];
  return cutShort && (strings.cutShort[cutShort] ?? notes.cutShort);
}
