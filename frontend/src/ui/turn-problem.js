import { element } from '../element.js';
import { strings } from '../strings/strings.js';
import { textButton } from './action-button.js';
import { button, buttonQuiet, note } from './classes.js';
import { copyButton } from './copy-button.js';
import { countdown } from './countdown.js';

/** @import { Message } from '../conversation/conversation.js' */
/** @import { ErrorInfo } from '../stream/chat-error.js' */

const TOO_LONG = ['context_too_long', 'payload_too_large'];
const LENGTH_LIMIT = 'max_output_tokens';
const buttonClasses = `${button} group-not-data-last/turn:hidden`;

/**
 * Why an answer failed or is incomplete, with the buttons that may help.
 * @param {{ retry: () => void, continue: () => void }} handlers
 */
export function turnProblem(handlers) {
  const className = 'mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 [.turn-text:empty~&]:mt-0';
  const root = element('div', { className, hidden: true });
  return { element: root, update };

  /** @param {Message} message */
  function update(message) {
    const { status, problem, cutShort } = message;
    const text = noteFor(message);
    if (!root.hidden || (!problem && !text)) return;
    if (problem) {
      const alert = { className: 'text-danger', role: 'alert' };
      root.append(element('p', alert, problem.message), ...buttonsFor(problem));
    } else {
      root.append(element('p', { className: note }, text ?? ''));
      if (status === 'interrupted') root.append(retryButton());
      else if (status === 'stopped' || cutShort === LENGTH_LIMIT)
        root.append(textButton(strings.continue, handlers.continue, buttonClasses));
    }
    root.hidden = false;
  }

  /** @param {ErrorInfo} problem */
  function buttonsFor({ code, retryable, retryAfter, requestId }) {
    const buttons = [];
    if (retryable) buttons.push(retryButton(retryAfter));
    else if (TOO_LONG.includes(code))
      buttons.push(element('a', { className: buttonClasses, href: '#new' }, strings.newChat));
    if (requestId) buttons.push(copyRequestIdButton(requestId));
    return buttons;
  }

  /** @param {number} [retryAfter]  seconds */
  function retryButton(retryAfter = 0) {
    const retry = textButton('', handlers.retry, `retry ${buttonClasses}`);
    countdown(retry, retryAfter, left => (left > 0 ? strings.retryIn(left) : strings.retry));
    return retry;
  }
}

/** @param {string} id  identifies the failure in the log of the gateway */
function copyRequestIdButton(id) {
  const copy = textButton(strings.copyRequestId, undefined, buttonQuiet);
  copy.title = id;
  return copyButton(copy, () => id, strings.copied);
}

/** @param {Message} message */
function noteFor({ status, cutShort }) {
  if (status === 'stopped' || status === 'interrupted') return strings.notes[status];
  return cutShort && (strings.incompleteReasons[cutShort] ?? strings.notes.incomplete);
}
