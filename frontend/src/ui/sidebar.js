import { groupByDay } from '../conversation/group-by-day.js';
import { strings } from '../strings/strings.js';
import { conversationRow } from './conversation-row.js';
import { byId, element } from './element.js';

/** @import { Day } from '../conversation/group-by-day.js' */
/** @import { RowActions, RowEditor, Verb } from './row-actions.js' */
/** @import { Snapshot } from '../conversation/archive.js' */
/** @import { Summary } from '../conversation/conversation.js' */
/** @typedef {ReturnType<typeof sidebar>} Sidebar */
/** @typedef {{ list: Summary[], current?: string, answering: Set<string | undefined> }} Shown */
/** @typedef {Shown & { found?: Set<string>, expanded?: string }} State */

/**
 * @typedef {object} ListVerbs
 * @property {(id: string, title: string) => void} rename
 * @property {Verb} pin
 * @property {(id: string, onRestored: () => void) => void} remove
 * @property {() => Promise<Snapshot>} everything  there is to search
 */

const batch = 100; // rows that are drawn, and as many again for a reader who scrolls to the last

/**
 * The list of conversations by day. It is put together anew when what it shows has changed, of the
 * rows that look as before: never while an answer is written, nor under a reader who is writing a
 * title.
 * @param {{ root: HTMLElement, search: HTMLInputElement }} elements
 * @param {ListVerbs} verbs
 */
export function sidebar({ root, search }, verbs) {
  /** @type {State} */
  let wanted = { list: [], answering: new Set() };
  /** @type {string | undefined} */
  let next; // what shall have the focus
  let writing = false;
  let room = batch;
  /** @type {RowActions | undefined} */
  let rowActions; // loaded when the reader first asks for them
  /** @type {Map<string, { looks: string, element: HTMLElement }>} */
  const rows = new Map();
  const rowVerbs = { rename, pin: verbs.pin, save, remove };
  const end = new IntersectionObserver(seen, { root, rootMargin: '200px' });
  search.onfocus = async () => {
    const { searchField } = await import('./search-field.js');
    searchField(search, verbs.everything, found => show({ ...wanted, found }));
  };
  return { update };

  /** @param {Shown} state */
  function update({ list, current, answering }) {
    if (list === wanted.list && current === wanted.current && answering === wanted.answering)
      return;
    show({ ...wanted, list, current, answering });
  }

  /** @param {State} state */
  function show(state) {
    if (state.found !== wanted.found) room = batch;
    wanted = state;
    if (!writing) draw();
  }

  /** Gives the focus to a conversation when it is next drawn. @param {string} id */
  function focus(id) {
    next = `row-${id}`;
  }

  function draw() {
    const { list, found } = wanted;
    const listed = found ? list.filter(({ id }) => found.has(id)) : list;
    const kept = root.contains(document.activeElement) ? document.activeElement?.id : undefined;
    end.disconnect();
    root.replaceChildren(...groupByDay(listed, room).flatMap(section));
    const last = root.querySelector('ul:last-of-type > :last-child');
    if (last && listed.length > room) end.observe(last);
    if (found && listed.length === 0) root.append(element('p', {}, strings.noResults));
    document.getElementById(next ?? kept ?? '')?.focus();
    next = undefined;
  }

  /** @param {IntersectionObserverEntry[]} entries */
  function seen([{ isIntersecting }]) {
    if (!isIntersecting || writing) return;
    room += batch;
    draw();
  }

  /** @param {Day<Summary>} group */
  function section({ day, conversations }) {
    const heading = element('h2', { id: `day-${Number(day) || day}` }, name(day));
    return [heading, element('ul', { 'aria-labelledby': heading.id }, ...conversations.map(row))];
  }

  /** @param {Summary} conversation */
  function row(conversation) {
    const { id, title, pinned } = conversation;
    const answering = wanted.answering.has(id);
    const [current, expanded] = [id === wanted.current, id === wanted.expanded];
    const looks = [title, answering, pinned, current, expanded].join('\n');
    const before = rows.get(id);
    if (before?.looks === looks) return before.element;
    const actions = expanded ? rowActions?.(conversation, rowVerbs) : undefined;
    const element = conversationRow(conversation, { current, answering, actions }, toggle);
    rows.set(id, { looks, element });
    return element;
  }

  /** @param {string} id */
  async function toggle(id) {
    ({ rowActions } = await import('./row-actions.js'));
    show({ ...wanted, expanded: wanted.expanded === id ? undefined : id });
  }

  /**
   * @param {string} id
   * @param {RowEditor} rowEditor
   */
  function rename(id, rowEditor) {
    const row = byId(`row-${id}`);
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
  async function save(id) {
    const { exportDialog } = await import('./export-dialog.js');
    exportDialog(id, await verbs.everything());
  }

  /** @param {string} id */
  function remove(id) {
    const rows = [...root.querySelectorAll('a')];
    const at = rows.findIndex(row => row.id === `row-${id}`);
    next = (rows[at + 1] ?? rows[at - 1])?.id ?? 'new-chat';
    verbs.remove(id, () => focus(id));
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
