import { element } from '../element.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { textButton } from './action-button.js';
import { buttonQuiet, note } from './classes.js';

/** @import { Question } from '../drafts.js' */
/** @typedef {ReturnType<typeof waitingList>} WaitingList */

const { waiting: strings } = onDemandStrings;
const MAX_LABEL_CHARACTERS = 60;

/**
 * The list of waiting messages.
 * @param {HTMLElement} form  the composer, below it
 * @param {Record<'edit' | 'remove', (message: Question) => void>} handlers
 */
export function waitingList(form, { edit, remove }) {
  const className = 'scroll-area mb-2 grid max-h-[25dvh] gap-1.5';
  const root = element('ul', { id: 'waiting', className, 'aria-label': strings.name });
  let count = 0;
  form.before(root);
  return { update };

  /** @param {Question[]} messages */
  function update(messages) {
    root.replaceChildren(...messages.map(item));
    root.hidden = messages.length === 0;
    if (messages.length > count) announce(root, strings.added);
    count = messages.length;
  }

  /** @param {Question} message */
  function item(message) {
    const names = (message.attachments ?? []).map(({ name }) => name).join(', ');
    const text = message.text || names;
    const content = element(
      'p',
      { className: 'line-clamp-2 whitespace-pre-wrap', dir: 'auto' },
      text,
    );
    const waits = [strings.waits, message.text && names].filter(Boolean).join(' · ');
    const state = element('p', { className: note }, waits);
    const main = element('div', { className: 'min-w-0 flex-1' }, content, state);
    const name = label(text);
    const editButton = textButton(strings.edit, () => edit(message), buttonQuiet);
    const removeButton = textButton(strings.remove, onRemove, buttonQuiet);
    editButton.ariaLabel = strings.editText(name);
    removeButton.ariaLabel = strings.removeText(name);
    const itemClasses =
      'flex items-center gap-1 rounded-bubble border border-dashed border-control bg-bg py-1.5 ps-4 pe-2';
    return element('li', { className: itemClasses }, main, editButton, removeButton);

    function onRemove() {
      announce(root, strings.removed);
      remove(message);
    }
  }
}

/** Announces that the messages are in the composer again. @param {HTMLElement} form */
export function announceReturn(form) {
  announce(form, strings.returned);
}

/**
 * @param {HTMLElement} target
 * @param {string} detail
 */
function announce(target, detail) {
  target.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
}

/** @param {string} text */
function label(text) {
  const line = text.trim().split('\n', 1)[0];
  return line.length > MAX_LABEL_CHARACTERS ? `${line.slice(0, MAX_LABEL_CHARACTERS)}…` : line;
}
