import { element } from '../element.js';
import { markdown } from '../render/markdown.js';
import { strings } from '../strings/strings.js';
import { turn, turnFoot } from './classes.js';
import { thinking } from './thinking.js';
import { turnActions } from './turn-actions.js';
import { turnMeta } from './turn-meta.js';
import { turnProblem } from './turn-problem.js';
import { versionPicker } from './version-picker.js';

/** @import { Message } from '../conversation/conversation.js' */
/** @import { Placement, Turn, TurnHandlers } from './transcript.js' */

/**
 * The turn of an answer, from its request to its end.
 * @param {Message} message
 * @param {TurnHandlers} handlers
 * @returns {Turn}
 */
export function assistantTurn({ id }, handlers) {
  const text = element('div', { className: 'turn-text', dir: 'auto' });
  const heading = element('h2', { id: `turn-${id}`, className: 'sr-only' }, strings.assistant);
  const article = element(
    'article',
    {
      className: `${turn} flex flex-col [[data-role=user]+&]:-mt-6`,
      'data-role': 'assistant',
      'aria-labelledby': heading.id,
    },
    heading,
    text,
  );
  const renderer = markdown(text);
  const regenerate = () => handlers.regenerate(id);
  const parts = [
    thinking(),
    turnProblem({ retry: regenerate, continue: () => handlers.continue(id) }),
    turnActions({ text: renderer.text, rendered: text, regenerate }),
    turnMeta(),
  ];
  const picker = versionPicker(heading, handlers.select);
  const [progress, problem, ...rest] = parts.map(part => part.element);
  const footClasses = `${turnFoot} mt-1.5 -ml-icon-inset`;
  const foot = element('div', { className: footClasses }, picker.element, ...rest);
  article.append(progress, problem, foot);

  /** @type {Message | undefined} */
  let shown;
  return { element: article, update };

  /**
   * @param {Message} message
   * @param {Placement} placement
   */
  function update(message, { last, versions }) {
    article.toggleAttribute('data-last', last);
    picker.update(message, versions);
    if (message === shown) return;
    renderer.append(message.text.slice(shown?.text.length ?? 0));
    const { status } = message;
    if (status !== shown?.status) {
      article.dataset.status = status;
      article.ariaBusy = String(status === 'streaming');
      if (status !== 'streaming') renderer.finish();
    }
    for (const part of parts) part.update(message);
    shown = message;
  }
}
