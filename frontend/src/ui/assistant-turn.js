import { withoutTrackedLinks } from '../conversation/tracking.js';
import { element } from '../element.js';
import { markdown } from '../render/markdown.js';
import { endingStrings } from '../strings/endings.js';
import { strings } from '../strings/strings.js';
import { note, turn, turnFoot } from './classes.js';
import { icon } from './icon.js';
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
  const text = element('div', { className: 'turn-text', dir: 'auto', lang: '' });
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
  let renderer = markdown(text);
  const restart = element('p', { className: `${note} mt-3 empty:hidden` });
  const regenerate = () => handlers.regenerate(id);
  const parts = [
    thinking(),
    turnActions({ text: () => withoutTrackedLinks(renderer.text()), rendered: text, regenerate }),
    turnMeta(handlers.modelLabel),
  ];
  const picker = versionPicker(heading, handlers.select);
  const problem = element('div', { hidden: true });
  // Loaded with the turn, because the failure can be that of the network.
  const ending = turnProblem(problem, {
    retry: regenerate,
    continue: () => handlers.continue(id),
  });
  const [progress, ...rest] = parts.map(part => part.element);
  const footClasses = `${turnFoot} mt-1.5 -ms-icon-inset`;
  const foot = element('div', { className: footClasses }, picker.element, ...rest);
  article.append(restart, progress, problem, foot);

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
    append(message.text);
    const { status, restarted } = message;
    if (restarted !== undefined)
      restart.textContent =
        restarted > 0 ? endingStrings.continuationRestarted : endingStrings.restarted;
    if (status !== shown?.status) {
      article.dataset.status = status;
      article.ariaBusy = String(status === 'streaming');
      if (status === 'streaming') article.dataset.streamed = '';
      else renderer.finish();
    }
    if (message.activity ?? shown?.activity) updateActivity();
    for (const part of parts) part.update(message);
    const isSame = status === 'streaming' && status === shown?.status;
    shown = message;
    if (!isSame) ending.update(message);
  }

  async function updateActivity() {
    const { turnActivity } = await import('./turn-activity.js');
    if (shown) turnActivity(article, text, shown, { markdown, icon });
  }

  /** Most texts begin with the one that is shown; another one is rendered from its start. @param {string} next */
  function append(next) {
    const before = shown?.text ?? '';
    if (next.startsWith(before)) return renderer.append(next.slice(before.length), next);
    text.replaceChildren();
    renderer = markdown(text);
    renderer.append(next, next);
  }
}
