import { search } from '../conversation/search.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { strings } from '../strings/strings.js';
import { composing } from './composition.js';
import { dialog } from './dialog.js';
import { element } from './element.js';
import { shifted, withCommand } from './shortcuts.js';

/** @import { Snapshot } from '../conversation/archive.js' */
/** @import { Summary } from '../conversation/conversation.js' */
/** @import { Deeds } from './shortcuts.js' */
/** @typedef {{ label: string, keys?: string, run: () => void }} Choice */

const most = 50; // conversations that are shown at once

/**
 * One field for everything: what can be done, and the conversations.
 * @param {Deeds} deeds
 * @param {{ list: Summary[], read: () => Promise<Snapshot>, open: (id: string) => void }} conversations
 */
export function palette(deeds, { list, read, open }) {
  const { palette: words } = onDemandStrings;
  const commands = deedsOf(deeds);
  const conversations = newestFirst(list);
  const searching = read().then(({ conversations, messages }) => search(conversations, messages));
  const options = element('div', {
    id: 'palette-options',
    role: 'listbox',
    'aria-label': words.found,
  });
  const count = element('p', { className: 'palette-count', role: 'status' });
  const field = element('input', {
    type: 'text',
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
  let at = 0;

  field.oninput = find;
  field.onkeydown = event => {
    if (composing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark((at + step + choices.length) % choices.length);
    else if (event.key === 'Enter') choose(at);
    else return;
    event.preventDefault();
  };
  options.onmousedown = event => event.preventDefault(); // the focus stays in the field
  options.onclick = ({ target }) => {
    const option = /** @type {Element} */ (target).closest('[role=option]');
    if (option) choose([...options.children].indexOf(option));
  };
  show(commands, conversations);
  const root = dialog({ className: 'palette', label: words.name }, field, options, count);

  async function find() {
    const query = field.value.trim().toLowerCase();
    const found = (await searching)(query);
    if (query !== field.value.trim().toLowerCase()) return;
    show(
      commands.filter(({ label }) => isIn(label, query)),
      conversations.filter(({ id }) => found.has(id)),
    );
    count.textContent = choices.length > 0 ? words.results(choices.length) : words.none;
    count.classList.toggle('sr-only', choices.length > 0);
  }

  /**
   * @param {Choice[]} commands
   * @param {Summary[]} conversations
   */
  function show(commands, conversations) {
    choices = [...commands, ...conversations.slice(0, most).map(conversation)];
    options.replaceChildren(...choices.map(option));
    mark(0);
  }

  /** @param {number} next */
  function mark(next) {
    options.children[at]?.setAttribute('aria-selected', 'false');
    at = next;
    const option = options.children[at];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', option?.id ?? '');
  }

  /** @param {number} index */
  function choose(index) {
    const choice = choices[index];
    if (!choice) return;
    root.close();
    choice.run();
  }

  /** @param {Summary} conversation */
  function conversation({ id, title }) {
    return { label: title, run: () => open(id) };
  }
}

/**
 * @param {Deeds} deeds
 * @returns {Choice[]}
 */
function deedsOf({ newChat, sidebar, settings, editLast, theme }) {
  const { palette: words } = onDemandStrings;
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

/** @param {Summary[]} list */
function newestFirst(list) {
  return list.toSorted((one, other) => other.updatedAt - one.updatedAt);
}

/**
 * @param {Choice} choice
 * @param {number} index
 */
function option({ label, keys }, index) {
  const properties = {
    id: `palette-${index}`,
    className: 'row',
    role: 'option',
    'aria-selected': 'false',
  };
  const root = element('div', properties, element('span', { dir: 'auto' }, label));
  if (keys) root.append(element('kbd', { 'aria-hidden': 'true' }, keys));
  return root;
}

/**
 * @param {string} label
 * @param {string} query
 */
function isIn(label, query) {
  return query.split(/\s+/).every(word => label.toLowerCase().includes(word));
}
