import { groupByDate } from '../conversation/group-by-date.js';
import { byId, element } from '../element.js';
import { sidebarStrings as strings } from '../strings/sidebar.js';
import { note } from './classes.js';
import { conversationRow } from './conversation-row.js';

/** @import { Group, Period } from '../conversation/group-by-date.js' */
/** @import { Snapshot } from '../conversation/archive.js' */
/** @import { Summary } from '../conversation/conversation.js' */
/** @import { ConversationRow } from './conversation-row.js' */
/** @import { FoundText } from './found-text.js' */
/** @import { RowActions, RowEditor, RowHandler } from './row-actions.js' */
/** @typedef {ReturnType<typeof sidebar>} Sidebar */
/** @typedef {{ list: Summary[], current?: string, answering: Set<string | undefined> }} Shown */
/** @typedef {Shown & { found?: Map<string, FoundText>, expanded?: string }} State */
/** @typedef {ConversationRow & { key: string, found?: FoundText, conversation?: Summary }} Row */

/**
 * @typedef {object} Handlers
 * @property {(id: string, title: string) => void} rename
 * @property {RowHandler} pin
 * @property {(id: string, onRestored: () => void) => void} remove
 * @property {() => Promise<Snapshot>} exportAll
 */

const ROW_BATCH = 100; // rows drawn at first, and again at each scroll to the end

/**
 * The list of conversations, grouped by date. It is redrawn only if its data or the day has changed,
 * leaves the rows that are equal where they are, and waits while a title is being edited.
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
  let day = '';
  /** @type {RowActions | undefined} */
  let rowActions; // loaded on first use
  /** @type {Map<string, Row>} */
  const rows = new Map();
  /** @type {Map<string, [heading: HTMLElement, list: HTMLElement]>} */
  const sections = new Map(); // by the id of the heading
  const rowHandlers = { rename, pin: handlers.pin, save, remove };
  const endObserver = new IntersectionObserver(onEnd, { root, rootMargin: '200px' });
  search.onfocus = async () => {
    const { searchField } = await import('./search-field.js');
    searchField(search, handlers.exportAll, found => show({ ...state, found }));
  };
  document.addEventListener('visibilitychange', () => update(state));
  return { update };

  /** @param {Shown} next */
  function update({ list, current, answering }) {
    const same = list === state.list && current === state.current && answering === state.answering;
    if (same && day === today()) return;
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
    day = today();
    arrange(root, groupByDate(visible, new Date(), limit).flatMap(section));
    const last = root.querySelector('ul:last-of-type>:last-child');
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

  /** @param {Group} group */
  function section({ period, conversations }) {
    const id = `period-${Number(period) || period}`;
    const [heading, list] = sections.get(id) ?? emptySection(id);
    sections.set(id, [heading, list]);
    heading.textContent = name(period);
    /** @type {Set<Element>} */
    const changed = new Set();
    const items = conversations.map(one => row(one, changed));
    arrange(list, items, changed);
    return [heading, list];
  }

  /**
   * @param {Summary} conversation
   * @param {Set<Element>} changed  receives the row if the conversation is another object than before
   */
  function row(conversation, changed) {
    const { id, title, pinned } = conversation;
    const expanded = id === state.expanded;
    const key = [title, pinned, expanded].join('\n');
    const found = state.found?.get(id);
    let shown = rows.get(id);
    if (shown?.key !== key || shown.found !== found) {
      const actions = expanded ? rowActions?.(conversation, rowHandlers) : undefined;
      shown = { key, found, ...conversationRow(conversation, { actions, found }, toggle) };
      rows.set(id, shown);
    }
    if (shown.conversation !== conversation) changed.add(shown.element);
    shown.conversation = conversation;
    shown.update(id === state.current, state.answering.has(id));
    return shown.element;
  }

  /** @param {string} id */
  async function toggle(id) {
    ({ rowActions } = await import('./row-actions.js'));
    nextFocus = `more-${id}`;
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

/**
 * Makes these elements the children. One that is not `changed` keeps its place among the others like
 * it, because moving it would end a press of the mouse on it, and take the focus from it.
 * @param {Element} parent
 * @param {Element[]} children
 * @param {Set<Element>} [changed]
 */
function arrange(parent, children, changed = new Set()) {
  const kept = new Set(children);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of children) {
    const stays = child.parentNode === parent && !changed.has(child);
    while (stays && next && changed.has(next)) {
      const moved = next;
      next = next.nextElementSibling;
      moved.remove();
    }
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

/**
 * @param {string} id
 * @returns {[heading: HTMLElement, list: HTMLElement]}
 */
function emptySection(id) {
  const className = `px-3 pt-4 pb-1 font-medium ${note}`;
  const list = { className: 'grid grid-cols-1 gap-0.5', 'aria-labelledby': id };
  return [element('h2', { id, className }), element('ul', list)];
}

function today() {
  return new Date().toDateString();
}

/** @param {Period} period */
function name(period) {
  if (!(period instanceof Date)) return strings.periods[period];
  const year = period.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return period.toLocaleDateString(document.documentElement.lang, { month: 'long', year });
}
