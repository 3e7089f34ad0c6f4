import { element } from '../element.js';
import { strings } from '../strings/strings.js';

/** @import { Message } from '../conversation/conversation.js' */
/** @typedef {typeof import('./turn-problem.js').turnProblem} TurnProblem */

/** @type {TurnProblem | undefined} */
let turnProblem;

/**
 * Why an answer failed or is incomplete. Most answers are complete: the module is loaded beside the
 * request of the first one, before it can fail.
 * @param {Parameters<TurnProblem>[0]} handlers
 */
export function lazyProblem(handlers) {
  const root = element('div', { className: 'mt-3 text-danger', role: 'alert', hidden: true });
  /** @type {ReturnType<TurnProblem> | undefined} */
  let part;
  /** @type {Message} */
  let latest;
  const loading = import('./turn-problem.js').then(module => {
    ({ turnProblem } = module);
  });
  return { element: root, update };

  /** @param {Message} message */
  function update(message) {
    latest = message;
    if (part) part.update(message);
    else if (isTroubled(message)) {
      if (turnProblem) show();
      else loading.then(show, showWithoutModule);
    }
  }

  function show() {
    if (!part && turnProblem) {
      part = turnProblem(handlers);
      root.replaceWith(part.element);
    }
    part?.update(latest);
  }

  /** The network failed before the module was loaded. */
  function showWithoutModule() {
    root.hidden = false;
    root.textContent = navigator.onLine ? strings.errors.general : strings.errors.offline;
  }
}

/** @param {Message} message */
function isTroubled({ status, text, problem, cutShort }) {
  return problem || cutShort || (status === 'complete' ? text === '' : status !== 'streaming');
}
