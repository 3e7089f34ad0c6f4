import { groupByDay } from '../conversation/group-by-day.js';
import { byId, element } from '../element.js';
import { sidebarStrings as strings } from '../strings/sidebar.js';
import { note } from './classes.js';
import { conversationRow } from './conversation-row.js';

/** @import { Day } from '../conversation/group-by-day.js' */
/** @import { Snapshot } from '../conversation/archive.js' */
/** @import { Summary } from '../conversation/conversation.js' */
/** @import { RowActions, RowEditor, RowHandler } from './row-actions.js' */
/** @typedef {ReturnType<typeof sidebar>} Sidebar */
/** @typedef {{ list: Summary[], current?: string, answering: Set<string | undefined> }} Shown */
/** @typedef {Shown & { found?: Set<string>, expanded?: string }} State */

/**
 * @typedef {object} Handlers
 * @property {(id: string, title: string) => void} rename
 * @property {RowHandler} pin
 * @property {(id: string, onRestored: () => void) => void} remove
 * @property {() => Promise<Snapshot>} exportAll
 */

const ROW_BATCH = 100; // rows drawn at first, and again at each scroll to the end

/**
 * The list of conversations, grouped by day. It is redrawn only if its data has changed, reuses the
 * rows that are equal, and waits while a title is being edited.
 * @param {{ root: HTMLElement, search: HTMLInputElement }} elements
 * @param {Handlers} handlers
 */
export function sidebar({ root, search }, handlers) {
  /** @type {State} */
  let state = { list: [], answering: new Set() };
  /** @type {string | undefined} */
  let nextFocus; // an id
  let editing = false;
  let limit = ROW_BATCH;
  /** @type {RowActions | undefined} */
  let rowActions; // loaded on first use
  /** @type {Map<string, { key: string, element: HTMLElement }>} */
  const rows = new Map();
  const rowHandlers = { rename, pin: handlers.pin, save, remove };
  const endObserver = new IntersectionObserver(onEnd, { root, rootMargin: '200px' });
  search.onfocus = async () => {
    const { searchField } = await import('./search-field.js');
    searchField(search, handlers.exportAll, found => show({ ...state, found }));
  };
  return { update };

  /** @param {Shown} next */
  function update({ list, current, answering }) {
    if (list === state.list && current === state.current && answering === state.answering) return;
    show({ ...state, list, current, answering });
  }

  /** @param {State} next */
  function show(next) {
    if (next.found !== state.found) limit = ROW_BATCH;
    state = next;
    if (!editing) draw();
  }

  function draw() {
    const { list, found } = state;
    const visible = found ? list.filter(({ id }) => found.has(id)) : list;
    const focused = root.contains(document.activeElement) ? document.activeElement?.id : undefined;
    endObserver.disconnect();
    root.replaceChildren(...groupByDay(visible, limit).flatMap(section));
    const last = root.querySelector('ul:last-of-type > :last-child');
    if (last && visible.length > limit) endObserver.observe(last);
    if (found && visible.length === 0)
      root.append(element('p', { className: 'px-3 py-2 text-sm text-muted' }, strings.noResults));
    document.getElementById(nextFocus ?? focused ?? '')?.focus();
    nextFocus = undefined;
  }

  /** @param {IntersectionObserverEntry[]} entries */
  function onEnd([{ isIntersecting }]) {
    if (!isIntersecting || editing) return;
    limit += ROW_BATCH;
    draw();
  }

  /** @param {Day} group */
  function section({ day, conversations }) {
    const id = `day-${Number(day) || day}`;
    const className = `px-3 pt-4 pb-1 font-medium ${note}`;
    const list = { className: 'grid grid-cols-1 gap-0.5', 'aria-labelledby': id };
    return [
      element('h2', { id, className }, name(day)),
      element('ul', list, ...conversations.map(row)),
    ];
  }

  /** @param {Summary} conversation */
  function row(conversation) {
    const { id, title, pinned } = conversation;
    const answering = state.answering.has(id);
    const [current, expanded] = [id === state.current, id === state.expanded];
    const key = [title, answering, pinned, current, expanded].join('\n');
    const previous = rows.get(id);
    if (previous?.key === key) return previous.element;
    const actions = expanded ? rowActions?.(conversation, rowHandlers) : undefined;
    const element = conversationRow(conversation, { current, answering, actions }, toggle);
    rows.set(id, { key, element });
    return element;
  }

  /** @param {string} id */
  async function toggle(id) {
    ({ rowActions } = await import('./row-actions.js'));
    show({ ...state, expanded: state.expanded === id ? undefined : id });
  }

  /**
   * @param {string} id
   * @param {RowEditor} rowEditor
   */
  function rename(id, rowEditor) {
    const row = byId(`row-${id}`);
    const editor = rowEditor(row.title, title => {
      editing = false;
      state = { ...state, expanded: undefined };
      if (document.activeElement === editor) nextFocus = row.id;
      if (title) handlers.rename(id, title);
      draw();
    });
    editing = true;
    row.replaceWith(editor);
    editor.select();
  }

  /** @param {string} id */
  async function save(id) {
    const { exportDialog } = await import('./export-dialog.js');
    exportDialog(id, await handlers.exportAll());
  }

  /** @param {string} id */
  function remove(id) {
    const rows = [...root.querySelectorAll('a')];
    const at = rows.findIndex(row => row.id === `row-${id}`);
    nextFocus = (rows[at + 1] ?? rows[at - 1])?.id ?? 'new-chat';
    handlers.remove(id, () => {
      nextFocus = `row-${id}`;
    });
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
  return day.toLocaleDateString(document.documentElement.lang, {
    day: 'numeric',
    month: 'long',
    year,
  });
}
