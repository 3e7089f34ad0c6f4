import { isActing, isWaiting } from '../conversation/conversation.js';
import { activityStrings as words } from '../strings/activity.js';
import { activityFold } from './activity-fold.js';
import { activityStatus } from './activity-status.js';
import { current, elapsed } from './activity-steps.js';
import { turnSources } from './turn-sources.js';

/** @import { Message } from '../conversation/conversation.js' */
/** @import { Source } from '../conversation/sources.js' */
/** @typedef {{ markdown: typeof import('../render/markdown.js').markdown, icon: typeof import('./icon.js').icon }} Shared */
/** @typedef {{ update: (message: Message) => void }} View */

/** @type {Source[]} */
const NO_SOURCES = [];
/** @type {WeakMap<HTMLElement, View>} */
const views = new WeakMap(); // by turn

/**
 * Shows what the model does for an answer beside writing it, in the turn of the answer. Loaded with the
 * first answer that has something of it.
 * @param {HTMLElement} article
 * @param {HTMLElement} text  of the answer
 * @param {Message} message
 * @param {Shared} shared  from the transcript: an import would split its chunk
 */
export function turnActivity(article, text, message, shared) {
  const view = views.get(article) ?? create(article, text, message.id, shared);
  views.set(article, view);
  view.update(message);
}

/**
 * @param {HTMLElement} article
 * @param {HTMLElement} text
 * @param {string} id
 * @param {Shared} shared
 * @returns {View}
 */
function create(article, text, id, shared) {
  const fold = activityFold(id, shared);
  const status = activityStatus();
  const sources = turnSources();
  /** @type {Set<string>} */
  const announced = new Set();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  /** @type {Message} */
  let shown;
  text.before(fold.element);
  text.after(status.element);
  article.lastElementChild?.before(sources.element);
  return { update };

  /** @param {Message} message */
  function update(message) {
    shown = message;
    const running = isActing(message);
    fold.update(message, running && isWaiting(message));
    status.update(running && !isWaiting(message) ? message : undefined);
    sources.update((message.status !== 'streaming' && message.activity?.sources) || NO_SOURCES);
    if (running) announce(message);
    if (running) timer ??= setInterval(tick, 1000);
    else stop();
    if (running) tick();
  }

  function tick() {
    if (!article.isConnected) return stop();
    const time = elapsed(shown);
    fold.tick(time);
    status.tick(time);
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
  }

  /** Each kind of activity once, not every search. @param {Message} message */
  function announce({ activity }) {
    const search = current(activity);
    const detail =
      search?.type === 'file'
        ? words.searchingDocuments
        : search
          ? words.searchingWeb
          : words.thinking;
    if (announced.has(detail)) return;
    announced.add(detail);
    article.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
  }
}
