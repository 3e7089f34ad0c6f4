import { days } from '../conversation/days.js';
import { strings } from '../strings.js';
import { element } from './element.js';

/** @import { Summary } from '../conversation/conversation.js' */
/** @import { Day } from '../conversation/days.js' */
/** @typedef {{ list: Summary[], current: string | undefined, answering: (id: string) => boolean }} Conversations */

/**
 * The list of conversations by day. It is made anew whenever what it shows has changed, which is
 * never while an answer is written.
 * @param {HTMLElement} root
 */
export function sidebar(root) {
  let shown = '';
  return { update };

  /** @param {Conversations} conversations */
  function update({ list, current, answering }) {
    const groups = days(list);
    const showing = JSON.stringify([list.map(({ id }) => [id, answering(id)]), groups, current]);
    if (showing === shown) return;
    shown = showing;
    root.replaceChildren(...groups.flatMap(group => section(group, current, answering)));
  }
}

/**
 * @param {Day} group
 * @param {string | undefined} current
 * @param {(id: string) => boolean} answering
 */
function section({ day, conversations }, current, answering) {
  const heading = element('h2', { id: `day-${Number(day) || day}` }, name(day));
  const rows = conversations.map(({ id, title }) => {
    const link = element('a', { className: 'row', href: `#${id}`, title, dir: 'auto' }, title);
    if (id === current) link.ariaCurrent = 'page';
    if (answering(id)) {
      link.append(
        element('span', { className: 'dot', role: 'img', 'aria-label': strings.answeringNow }),
      );
    }
    return element('li', {}, link);
  });
  return [heading, element('ul', { 'aria-labelledby': heading.id }, ...rows)];
}

/** @param {Date | 'pinned'} day */
function name(day) {
  if (day === 'pinned') return strings.pinned;
  const today = new Date().setHours(0, 0, 0, 0);
  const age = Math.round((today - day.getTime()) / 86_400_000);
  if (age < 1) return strings.today;
  if (age === 1) return strings.yesterday;
  const year = day.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return day.toLocaleDateString('en', { day: 'numeric', month: 'long', year });
}
