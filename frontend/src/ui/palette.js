import { fold } from '../conversation/fold.js';
import { search } from '../conversation/search.js';
import { element } from '../element.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { strings } from '../strings/strings.js';
import { isComposing } from './composition.js';
import { dateLabel } from './date-label.js';
import { dialog } from './dialog.js';
import { foundText } from './found-text.js';
import { hasKeyboard, shifted, withCommand } from './key-names.js';
import { kbd, listItem } from './on-demand-classes.js';

/** @import { Snapshot } from '../conversation/archive.js' */
/** @import { Summary } from '../conversation/conversation.js' */
/** @import { Found } from '../conversation/search.js' */
/** @import { Commands } from './shortcuts.js' */
/** @typedef {{ label: string, found?: Found, note?: string, keys?: string, run: () => void }} Choice */

const MAX_CONVERSATIONS = 50;
const { palette: words } = onDemandStrings;
const headingClasses = 'px-3 pt-3 pb-1 text-note font-medium text-muted';
const optionClasses = `${listItem} cursor-pointer scroll-m-2 justify-between py-1 aria-selected:bg-bubble aria-selected:[box-shadow:inset_0_0_0_1px_var(--control)] aria-selected:forced-outline`;

/**
 * Dialog: search and run commands, and search and open conversations, with one combobox.
 * @param {Commands} commands
 * @param {{ list: Summary[], read: () => Promise<Snapshot>, open: (id: string) => void }} conversations
 */
export function palette(commands, { list, read, open }) {
  const allCommands = commandList(commands);
  const allConversations = list.toSorted((a, b) => b.updatedAt - a.updatedAt);
  const searching = read().then(({ conversations, messages }) => search(conversations, messages));
  const options = element('div', {
    id: 'palette-options',
    className: 'scroll-area p-2 [scrollbar-width:thin]',
    role: 'listbox',
    'aria-label': words.results,
  });
  const countClasses = 'text-label text-muted not-empty:px-5 not-empty:pb-5';
  const count = element('p', { className: countClasses, role: 'status' });
  const field = element('input', {
    type: 'text',
    className: 'min-h-13 w-full border-b border-hairline px-5 outline-none placeholder:text-muted',
    autocomplete: 'off',
    spellcheck: false,
    placeholder: words.placeholder,
    role: 'combobox',
    'aria-label': words.placeholder,
    'aria-controls': options.id,
    'aria-expanded': 'true',
    'aria-autocomplete': 'list',
  });
  /** @type {Choice[]} */
  let choices = [];
  /** @type {Element[]} */
  let optionElements = [];
  let selected = 0;
  let finding = Promise.resolve(); // the choices of the query

  field.oninput = () => {
    finding = find();
  };
  field.onkeydown = event => {
    if (isComposing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) select((selected + step + choices.length) % (choices.length || 1));
    else if (event.key === 'Enter') runSelected();
    else return;
    event.preventDefault();
  };
  options.onmousedown = event => event.preventDefault(); // keeps the focus in the field
  options.onclick = ({ target }) => {
    const option = /** @type {Element} */ (target).closest('[role=option]');
    if (option) run(optionElements.indexOf(option));
  };
  show(allCommands, allConversations);
  const className = 'open:grid max-h-palette grid-rows-[auto_minmax(0,1fr)_auto] overflow-hidden';
  const root = dialog({ className, label: words.name }, field, options, count);

  async function find() {
    const query = field.value.trim();
    const queryWords = fold(query).split(/\s+/);
    const commands = allCommands.filter(({ label }) =>
      queryWords.every(word => fold(label).includes(word)),
    );
    show(commands, query === '' ? allConversations : []); // while the messages are being read
    const found = (await searching)(query);
    if (query !== field.value.trim()) return;
    const before = selected;
    const conversations = allConversations.filter(({ id }) => found.has(id));
    show(commands, conversations, query === '' ? undefined : found);
    select(before);
    const total = commands.length + conversations.length; // also those that are not shown
    count.textContent = total > 0 ? words.resultCount(total) : words.noResults;
    count.classList.toggle('sr-only', total > 0);
  }

  /**
   * @param {Choice[]} commands
   * @param {Summary[]} conversations
   * @param {Map<string, Found>} [found]
   */
  function show(commands, conversations, found) {
    const opening = conversations.slice(0, MAX_CONVERSATIONS).map(({ id, title, updatedAt }) => ({
      label: title,
      found: found?.get(id),
      note: dateLabel(updatedAt),
      run: () => open(id),
    }));
    choices = [...commands, ...opening];
    optionElements = choices.map(option);
    options.replaceChildren(
      ...group(words.commands, optionElements.slice(0, commands.length)),
      ...group(words.conversations, optionElements.slice(commands.length)),
    );
    select(0);
    options.scrollTop = 0;
  }

  /** @param {number} index */
  function select(index) {
    optionElements[selected]?.setAttribute('aria-selected', 'false');
    selected = index;
    const option = optionElements[index];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', option?.id ?? '');
  }

  /** Where nothing is shown yet, the first one that is found for the query. */
  async function runSelected() {
    const query = field.value.trim();
    if (choices.length === 0) await finding;
    if (query === field.value.trim()) run(selected);
  }

  /** @param {number} index */
  function run(index) {
    const choice = choices[index];
    if (!choice || !root.open) return;
    root.close();
    choice.run();
  }
}

/**
 * @param {Commands} commands
 * @returns {Choice[]}
 */
function commandList({ newChat, sidebar, settings, editLast, theme }) {
  return [
    { label: strings.newChat, keys: withCommand(shifted('O')), run: newChat },
    { label: words.sidebar, keys: withCommand('B'), run: sidebar },
    { label: words.editLast, keys: '↑', run: editLast },
    { label: words.light, run: () => theme('light') },
    { label: words.dark, run: () => theme('dark') },
    { label: words.system, run: () => theme('system') },
    { label: onDemandStrings.settings.name, keys: '?', run: settings },
  ];
}

/**
 * @param {string} name
 * @param {Element[]} members
 */
function group(name, members) {
  if (members.length === 0) return [];
  const heading = element('div', { className: headingClasses, 'aria-hidden': 'true' }, name);
  return [element('div', { role: 'group', 'aria-label': name }, heading, ...members)];
}

/**
 * @param {Choice} choice
 * @param {number} index
 */
function option({ label, found, note, keys }, index) {
  const title = element('span', { className: 'block truncate', dir: 'auto' }, label);
  const content = found ? foundText(label, found) : [title];
  const root = element(
    'div',
    { id: `palette-${index}`, className: optionClasses, role: 'option', 'aria-selected': 'false' },
    element('span', { className: 'min-w-0 flex-1' }, ...content),
  );
  if (note) root.append(element('span', { className: kbd }, note));
  if (keys && hasKeyboard())
    root.append(element('kbd', { className: kbd, 'aria-hidden': 'true' }, keys));
  return root;
}
