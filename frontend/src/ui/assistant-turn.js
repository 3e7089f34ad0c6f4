import { markdown } from '../render/markdown.js';
import { strings } from '../strings/strings.js';
import { element } from './element.js';
import { thinking } from './thinking.js';
import { turnActions } from './turn-actions.js';
import { turnMeta } from './turn-meta.js';
import { turnProblem } from './turn-problem.js';
import { versionPicker } from './version-picker.js';

/** @import { Message } from '../conversation/message.js' */
/** @import { Place, Turn, TurnVerbs } from './transcript.js' */

/**
 * An answer, from the first dot to its last word.
 * @param {Message} message
 * @param {TurnVerbs} verbs
 * @returns {Turn}
 */
export function assistantTurn({ id, createdAt }, verbs) {
  const text = element('div', { className: 'turn-text', dir: 'auto' });
  const heading = element('h2', { id: `turn-${id}`, className: 'sr-only' }, strings.assistant);
  const article = element(
    'article',
    { className: 'turn', 'data-role': 'assistant', 'aria-labelledby': heading.id },
    heading,
    text,
  );
  const written = markdown(text);
  const parts = [
    thinking(createdAt),
    turnProblem({ retry: () => verbs.regenerate(id), carryOn: verbs.carryOn }),
    turnActions({ text: written.text, regenerate: () => verbs.regenerate(id) }),
    turnMeta(),
  ];
  const alternatives = versionPicker(heading, verbs.select);
  const [waiting, problem, ...rest] = parts.map(part => part.element);
  const foot = element('div', { className: 'turn-foot' }, alternatives.element, ...rest);
  article.append(waiting, problem, foot);

  /** @type {Message | undefined} */
  let shown;
  return { element: article, update };

  /**
   * @param {Message} message
   * @param {Place} place
   */
  function update(message, { last, versions }) {
    article.toggleAttribute('data-last', last);
    alternatives.update(message, versions);
    if (message === shown) return;
    written.append(message.text.slice(written.text().length));
    if (message.status !== shown?.status) changeStatus(message);
    for (const part of parts) part.update(message);
    shown = message;
  }

  /** @param {Message} message */
  function changeStatus({ status }) {
    article.dataset.status = status;
    article.ariaBusy = String(status === 'streaming');
    if (status !== 'streaming') written.finish();
  }
}
