import { byId, element } from '../element.js';
import { endingStrings } from '../strings/endings.js';
import { strings } from '../strings/strings.js';
import { turnStrings } from '../strings/turns.js';
import { textButton } from './action-button.js';
import { button, buttonQuiet, note as noteClasses } from './classes.js';
import { copyButton } from './copy-button.js';
import { countdown } from './countdown.js';

/** @import { Message } from '../conversation/conversation.js' */
/** @import { ErrorInfo } from '../stream/chat-error.js' */

const RETRYABLE = ['model_not_found', 'access_code_required']; // after a choice of the user
const TOO_LONG = ['context_too_long', 'payload_too_large'];
const { notes, incompleteReasons, failures, accountRefused } = endingStrings;
const buttonClasses = `${button} group-not-data-last/turn:hidden`;

/**
 * Why an answer failed or is incomplete, with the buttons that may help.
 * @param {HTMLElement} root
 * @param {{ retry: () => unknown, continue: () => unknown }} handlers
 */
export function turnProblem(root, handlers) {
  let shown = ''; // the ending that is drawn
  root.className = 'mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 [.turn-text:empty~&]:mt-0';
  return { update };

  /** @param {Message} message */
  function update(message) {
    const { status, text, problem, cutShort, resumed } = message;
    const note = noteFor(message);
    const ending = JSON.stringify([status, cutShort, problem, text === '', resumed]);
    if (ending === shown) return;
    shown = ending;
    const focused = root.contains(document.activeElement);
    root.replaceChildren();
    if (focused) byId('thread').focus({ preventScroll: true });
    root.hidden = !problem && !note;
    if (root.hidden) return;
    const canContinue =
      text.trim() !== '' && cutShort !== 'content_filter' && (!problem || problem.retryable);
    const continues = canContinue ? [continueButton(problem?.retryAfter)] : [];
    if (problem) {
      const alert = { className: 'text-danger', role: 'alert' };
      root.append(element('p', alert, sentence(problem)), ...continues, ...buttonsFor(problem));
    } else {
      const retries = text === '' || status === 'interrupted' ? [retryButton()] : [];
      root.append(element('p', { className: noteClasses }, note ?? ''), ...continues, ...retries);
    }
  }

  /** @param {ErrorInfo} problem */
  function buttonsFor({ code, retryable, retryAfter, requestId }) {
    const buttons = [];
    if (retryable || RETRYABLE.includes(code)) buttons.push(retryButton(retryAfter));
    else if (TOO_LONG.includes(code))
      buttons.push(element('a', { className: buttonClasses, href: '#new' }, strings.newChat));
    if (requestId) buttons.push(copyRequestIdButton(requestId));
    return buttons;
  }

  /** @param {number} [wait]  seconds */
  function continueButton(wait = 0) {
    const button = textButton('', once(handlers.continue), buttonClasses);
    countdown(button, wait, () => endingStrings.continue);
    return button;
  }

  /** @param {number} [retryAfter]  seconds */
  function retryButton(retryAfter = 0) {
    const retry = textButton('', once(handlers.retry), `retry ${buttonClasses}`);
    countdown(retry, retryAfter, left =>
      left > 0 ? endingStrings.retryIn(left) : endingStrings.retry,
    );
    return retry;
  }
}

/**
 * A second click, before the page is drawn again, must not ask twice. After a failure, which is that
 * of a module to load, it can be tried again.
 * @param {() => unknown} action
 */
function once(action) {
  let done = false;
  return async () => {
    if (done) return;
    done = true;
    try {
      await action();
    } catch (cause) {
      done = false;
      throw cause;
    }
  };
}

/** @param {string} id  identifies the failure in the log of the gateway */
function copyRequestIdButton(id) {
  const copy = textButton(endingStrings.copyRequestId, undefined, buttonQuiet);
  copy.title = id;
  return copyButton(copy, () => id, turnStrings.copied);
}

/**
 * The sentence of a failure. It depends on the code, because a stored message can be an older one.
 * @param {ErrorInfo} problem
 */
function sentence({ code, message, retryable }) {
  if (code === 'provider_error' && !retryable) return accountRefused;
  return failures[code] ?? message;
}

/** @param {Message} message */
function noteFor({ status, text, cutShort }) {
  if (status === 'stopped' || status === 'interrupted') return notes[status];
  if (cutShort === 'no_output' && text !== '') return notes.nothingAdded;
  const reason = cutShort ?? (status === 'complete' && text === '' ? 'no_output' : undefined);
  return reason && (incompleteReasons[reason] ?? notes.incomplete);
}
