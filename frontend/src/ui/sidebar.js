import { days } from '../conversation/days.js';
import { strings } from '../strings.js';
import { conversationRow } from './conversation-row.js';
import { element } from './element.js';
import { rowEditor } from './row-editor.js';

/** @import { Listed } from '../chat.js' */
/** @import { Day } from '../conversation/days.js' */

/**
 * @typedef {object} ListVerbs
 * @property {(id: string, title: string) => void} rename
 * @property {(id: string) => void} pin
 * @property {(id: string) => void} remove
 */

/** @typedef {{ list: Listed[], current?: string, found?: Set<string>, expanded?: string }} State */

/**
 * The list of conversations by day. It is made anew when what it shows has changed, which is never
 * while an answer is written, and not under a reader who is writing a title.
 * @param {HTMLElement} root
 * @param {ListVerbs} verbs
 */
export function sidebar(root, verbs) {
  /** @type {State} */
  let wanted = { list: [] };
  /** @type {State | undefined} */
  let shown;
  /** @type {string | undefined} */
  let next; // what shall have the focus
  let writing = false;
  const rowVerbs = { more, rename, pin: verbs.pin, remove };
  return { update, focus };

  /** @param {Omit<State, 'expanded'>} state */
  function update({ list, current, found }) {
    const { expanded } = wanted;
    const same = list === shown?.list && current === shown.current && found === shown.found;
    if (same && expanded === shown?.expanded) return;
    wanted = { list, current, found, expanded };
    if (!writing) draw();
  }

  /** Gives the focus to a conversation when it is next drawn. @param {string} id */
  function focus(id) {
    next = `row-${id}`;
  }

  function draw() {
    shown = wanted;
    const { list, found } = wanted;
    const listed = found ? list.filter(({ id }) => found.has(id)) : list;
    const kept = root.contains(document.activeElement) ? document.activeElement?.id : undefined;
    root.replaceChildren(...days(listed).flatMap(section));
    if (found && listed.length === 0) root.append(element('p', {}, strings.noResults));
    document.getElementById(next ?? kept ?? '')?.focus();
    next = undefined;
  }

  /** @param {Day<Listed>} group */
  function section({ day, conversations }) {
    const { current, expanded } = wanted;
    const heading = element('h2', { id: `day-${Number(day) || day}` }, name(day));
    const rows = conversations.map(each =>
      conversationRow(
        each,
        { current: each.id === current, expanded: each.id === expanded },
        rowVerbs,
      ),
    );
    return [heading, element('ul', { 'aria-labelledby': heading.id }, ...rows)];
  }

  /** @param {string} id */
  function more(id) {
    wanted = { ...wanted, expanded: wanted.expanded === id ? undefined : id };
    draw();
  }

  /** @param {string} id */
  function rename(id) {
    const row = /** @type {HTMLElement} */ (document.getElementById(`row-${id}`));
    const editor = rowEditor(row.title, title => {
      writing = false;
      wanted = { ...wanted, expanded: undefined };
      if (document.activeElement === editor) next = row.id;
      if (title) verbs.rename(id, title);
      draw();
    });
    writing = true;
    row.replaceWith(editor);
    editor.select();
  }

  /** @param {string} id */
  function remove(id) {
    const rows = [...root.querySelectorAll('a')];
    const at = rows.findIndex(row => row.id === `row-${id}`);
    next = (rows[at + 1] ?? rows[at - 1])?.id ?? 'new-chat';
    verbs.remove(id);
  }
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
