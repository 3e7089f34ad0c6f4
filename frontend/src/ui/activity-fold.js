import { element } from '../element.js';
import { timeLabel } from './activity-status.js';
import { current, doing, done, summary } from './activity-steps.js';
import { note, spinnerDot } from './classes.js';
import { foldChoice } from './fold-choice.js';
import { reasoningText } from './reasoning-text.js';

/** @import { Activity } from '../conversation/activity.js' */
/** @import { Message } from '../conversation/conversation.js' */
/** @typedef {import('./turn-activity.js').Shared} Shared */

const summaryClasses =
  'flex min-h-6.5 w-fit max-w-full list-none items-center gap-3 rounded-lg text-muted hover:text-text [&::-webkit-details-marker]:hidden';

/**
 * The reasoning and the searches of an answer, above its text. It is open while the model thinks, and
 * closed from the first text on, until the user opens or closes it.
 * @param {string} id  of the message
 * @param {Shared} shared
 */
export function activityFold(id, { markdown, icon }) {
  const dot = element('span', { className: spinnerDot });
  const label = element('span', { className: 'min-w-0 truncate' });
  const clock = timeLabel();
  const arrow = icon('next');
  arrow.classList.add('in-[[open]]:rotate-90', 'page-rtl:in-[[open]]:-rotate-90');
  const head = element('summary', { className: summaryClasses }, dot, label, clock, arrow);
  const searches = element('ul', { className: `${note} grid gap-1 pt-2 empty:hidden` });
  const reasoning = reasoningText(markdown);
  const properties = { className: 'activity mb-3', hidden: true };
  const root = element('details', properties, head, reasoning.element, searches);
  const choice = foldChoice(id);
  let opens = false; // by default
  /** @type {Activity | undefined} */
  let shown;
  let streams = false;
  let acts = false; // a search is still running
  let listed = ''; // the searches that are over
  head.onclick = () => choice.write(!root.open);
  root.ontoggle = showContent;
  return { element: root, tick, update };

  /** @param {string} time */
  function tick(time) {
    clock.textContent = time;
  }

  /**
   * @param {Message} message
   * @param {boolean} running  whether the model thinks or searches, and has written nothing
   */
  function update({ activity, status }, running) {
    const hasContent = Boolean(activity?.reasoning || activity?.searches);
    root.hidden = !hasContent;
    dot.hidden = clock.hidden = !running;
    if (!activity || !hasContent) return;
    // Not for each piece of the text.
    if (activity !== shown || running !== acts)
      label.replaceChildren(...(running ? doing(activity) : summary(activity)));
    const next = choice.read() ?? (running && activity.reasoning !== undefined);
    if (next !== opens && !hasFocus()) root.open = next;
    opens = next;
    shown = activity;
    streams = status === 'streaming';
    acts = running;
    showContent();
  }

  /** A reader in the box must not lose the place. */
  function hasFocus() {
    return root.contains(document.activeElement) && document.activeElement !== head;
  }

  /** What is not on the screen is not rendered. */
  function showContent() {
    if (!root.open || !shown) return;
    reasoning.update(shown.reasoning ?? '', streams);
    const over = (shown.searches ?? []).filter(search => !acts || search !== current(shown));
    const next = JSON.stringify(over);
    if (next === listed) return; // what is selected in the list stays
    listed = next;
    searches.replaceChildren(...over.map(search => element('li', {}, ...done(search))));
  }
}
