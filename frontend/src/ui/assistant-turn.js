import { markdown } from '../render/markdown.js';
import { strings } from '../strings.js';
import { element } from './element.js';
import { thinking } from './thinking.js';
import { turnActions } from './turn-actions.js';
import { turnMeta } from './turn-meta.js';
import { turnProblem } from './turn-problem.js';

/** @import { Message } from '../conversation/message.js' */
/** @import { Turn, TurnVerbs } from './transcript.js' */

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
    turnProblem(() => verbs.regenerate(id)),
    turnActions({ text: written.text, regenerate: () => verbs.regenerate(id) }),
    turnMeta(),
  ];
  const foot = element('div', { className: 'turn-foot' }, parts[2].element, parts[3].element);
  article.append(parts[0].element, parts[1].element, foot);

  /** @type {Message | undefined} */
  let shown;
  return { element: article, update };

  /**
   * @param {Message} message
   * @param {boolean} last
   */
  function update(message, last) {
    article.toggleAttribute('data-last', last);
    if (message === shown) return;
    written.write(message.text.slice(written.text().length));
    if (message.status !== shown?.status) changeStatus(message);
    for (const part of parts) part.update(message);
    shown = message;
  }

  /** @param {Message} message */
  function changeStatus({ status }) {
    article.dataset.status = status;
    article.ariaBusy = String(status === 'streaming');
    if (status !== 'streaming') written.settle();
  }
}
