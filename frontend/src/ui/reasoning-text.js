import { element } from '../element.js';
import { activityStrings as words } from '../strings/activity.js';
import { note } from './classes.js';

/** @import { Shared } from './turn-activity.js' */

const MAX_LENGTH = 20_000; // characters that are shown
const KEPT_LENGTH = 10_000; // of them, when the oldest ones are left out
const END_PX = 24; // a shorter distance counts as the end

/**
 * The reasoning of a model, in a box that follows its end. Of a long one only the newest part.
 * @param {Shared['markdown']} markdown
 */
export function reasoningText(markdown) {
  const hint = element('p', { className: `${note} pt-2`, hidden: true }, words.shortened);
  const text = element('div', { className: 'text-sm text-muted', dir: 'auto' });
  const properties = { role: 'region', 'aria-label': words.reasoning, tabIndex: 0 };
  const className = 'scroll-area mt-2 max-h-96 border-s border-hairline ps-4';
  const box = element('div', { className, ...properties }, hint, text);
  let renderer = markdown(text);
  let shown = '';
  let start = 0; // of the part that is shown
  let finished = false;
  return { element: box, update };

  /**
   * @param {string} reasoning
   * @param {boolean} streams
   */
  function update(reasoning, streams) {
    box.hidden = reasoning === '';
    if (reasoning === shown && finished === !streams) return;
    const follows = box.scrollHeight - box.clientHeight - box.scrollTop < END_PX;
    if (!reasoning.startsWith(shown)) restart(0);
    if (reasoning.length - start > MAX_LENGTH) restart(newStart(reasoning));
    const added = reasoning.slice(Math.max(start, shown.length));
    renderer.append(added, reasoning.slice(start));
    if (!streams) renderer.finish();
    finished = !streams;
    shown = reasoning;
    hint.hidden = start === 0;
    if (streams && follows) box.scrollTop = box.scrollHeight;
  }

  /** @param {number} next */
  function restart(next) {
    text.replaceChildren();
    renderer = markdown(text);
    shown = '';
    start = next;
  }
}

/** The start of a line. @param {string} reasoning */
function newStart(reasoning) {
  const earliest = reasoning.length - KEPT_LENGTH;
  const line = reasoning.indexOf('\n', earliest);
  return line < 0 ? earliest : line + 1;
}
