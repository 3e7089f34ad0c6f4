import { strings } from '../strings/strings.js';
import { copyButton } from './copy-button.js';
import { countdown } from './countdown.js';
import { element } from './element.js';

/** @import { Message } from '../conversation/message.js' */
/** @import { ErrorInfo } from '../stream/chat-error.js' */

const tooLong = ['context_too_long', 'payload_too_large'];
const lengthLimit = 'max_output_tokens';

/**
 * Says why an answer is not whole, and offers what may help beside it.
 * @param {{ retry: () => void, carryOn: () => void }} verbs
 */
export function turnProblem({ retry, carryOn }) {
  const root = element('div', { className: 'turn-problem', hidden: true });
  return { element: root, update };

  /** @param {Message} message */
  function update(message) {
    const { status, problem, cutShort } = message;
    if (!root.hidden || (!problem && !note(message))) return;
    if (problem) {
      root.append(element('p', { role: 'alert' }, problem.message), ...offers(problem));
    } else {
      root.append(element('p', { className: 'note' }, note(message) ?? ''));
      if (status === 'interrupted') root.append(retryButton());
      else if (status === 'stopped' || cutShort === lengthLimit) root.append(continueButton());
    }
    root.hidden = false;
  }

  /** @param {ErrorInfo} problem */
  function offers({ code, retryable, retryAfter, requestId }) {
    const offered = [];
    if (retryable) offered.push(retryButton(retryAfter));
    else if (tooLong.includes(code)) offered.push(newChat());
    if (requestId) offered.push(copyRequestId(requestId));
    return offered;
  }

  function continueButton() {
    const properties = { type: 'button', className: 'offer', onclick: carryOn };
    return element('button', properties, strings.carryOn);
  }

  /** @param {number} [retryAfter] */
  function retryButton(retryAfter = 0) {
    const button = element('button', { type: 'button', className: 'offer retry', onclick: retry });
    countdown(button, retryAfter, left => (left > 0 ? strings.retryIn(left) : strings.retry));
    return button;
  }
}

function newChat() {
  return element('a', { className: 'offer', href: '#new' }, strings.newChat);
}

/** @param {string} id  by which whoever runs the gateway finds the failure in its log */
function copyRequestId(id) {
  const button = element(
    'button',
    { type: 'button', className: 'quiet-button', title: id },
    strings.copyRequestId,
  );
  return copyButton(button, () => id, strings.copied);
}

/** @param {Message} message */
function note({ status, cutShort }) {
  const { notes } = strings;
  if (status === 'stopped' || status === 'interrupted') return notes[status];
  return cutShort && (strings.cutShort[cutShort] ?? notes.cutShort);
}
