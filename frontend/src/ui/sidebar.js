import { days } from '../conversation/days.js';
import { strings } from '../strings.js';
import { element } from './element.js';

/** @import { Listed } from '../chat.js' */
/** @import { Day } from '../conversation/days.js' */

/**
 * The list of conversations by day. It is made anew when what it shows has changed, which is never
 * while an answer is written.
 * @param {HTMLElement} root
 */
export function sidebar(root) {
  /** @type {Listed[]} */
  let shown = [];
  /** @type {string | undefined} */
  let marked;
  return { update };

  /**
   * @param {Listed[]} list
   * @param {string | undefined} current
   */
  function update(list, current) {
    if (list === shown && current === marked) return;
    shown = list;
    marked = current;
    const focused = root.contains(document.activeElement) && document.activeElement?.id;
    root.replaceChildren(...days(list).flatMap(day => section(day, current)));
    if (focused) document.getElementById(focused)?.focus();
  }
}

/**
 * @param {Day<Listed>} group
 * @param {string | undefined} current
 */
function section({ day, conversations }, current) {
  const heading = element('h2', { id: `day-${Number(day) || day}` }, name(day));
  const rows = conversations.map(each => element('li', {}, row(each, each.id === current)));
  return [heading, element('ul', { 'aria-labelledby': heading.id }, ...rows)];
}

/**
 * @param {Listed} conversation
 * @param {boolean} current
 */
function row({ id, title, answering }, current) {
  const properties = { id: `row-${id}`, className: 'row', href: `#${id}`, title, dir: 'auto' };
  const link = element('a', properties, title);
  if (current) link.ariaCurrent = 'page';
  if (answering) link.append(dot());
  return link;
}

function dot() {
  return element('span', { className: 'dot', role: 'img', 'aria-label': strings.answeringNow });
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
