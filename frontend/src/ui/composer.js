import { strings } from '../strings/strings.js';
import { autosize } from './autosize.js';
import { isSendKey } from './composition.js';
import { icon } from './icon.js';

/** @typedef {ReturnType<typeof composer>} Composer */
/**
 * @typedef {object} Handlers
 * @property {(text: string) => void} send
 * @property {() => void} stop
 * @property {() => boolean} isAnswering  reads the state, which may be newer than the page
 * @property {(text: string) => void} draft
 * @property {() => void} editLast
 */

/**
 * The message form. Its text area is never disabled and never loses the focus; its one button
 * sends a message, and stops the answer while there is one.
 * @param {HTMLFormElement} form
 * @param {Handlers} handlers
 */
export function composer(form, handlers) {
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem('message'));
  const button = /** @type {HTMLButtonElement} */ (form.elements.namedItem('send'));
  const resize = autosize(field);
  let answering = false;
  let online = true;

  field.addEventListener('keydown', event => {
    const editsLast = event.key === 'ArrowUp' && field.value === '';
    if (!editsLast && !isSendKey(event)) return;
    event.preventDefault();
    if (editsLast) handlers.editLast();
    else send();
  });
  field.addEventListener('input', () => {
    handlers.draft(field.value);
    resize();
    update(answering);
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (answering) handlers.stop();
    else send();
  });
  form.addEventListener('pointerdown', event => {
    if (event.target instanceof HTMLButtonElement || event.target === field) return;
    event.preventDefault();
    field.focus();
  });
  return { update, connected, fill, add, text: () => field.value, focus: () => field.focus() };

  function send() {
    const text = field.value;
    if (!online || handlers.isAnswering() || text.trim() === '') return;
    fill('');
    handlers.draft('');
    handlers.send(text);
  }

  /** @param {string} text */
  function fill(text) {
    field.value = text;
    resize();
    update(answering);
  }

  /** Appends a paragraph. @param {string} text */
  function add(text) {
    const current = field.value.trimEnd();
    fill(current ? `${current}\n\n${text}` : text);
    handlers.draft(field.value);
    field.focus();
    field.scrollTop = field.scrollHeight;
  }

  /** @param {boolean} value  whether the browser is online */
  function connected(value) {
    online = value;
    update(answering);
  }

  /** @param {boolean} value  whether there is an answer to stop */
  function update(value) {
    if (value !== answering) {
      button.replaceChildren(icon(value ? 'stop' : 'send'));
      button.ariaLabel = button.title = value ? strings.stop : strings.send;
    }
    answering = value;
    button.ariaDisabled = String(!value && (!online || field.value.trim() === ''));
    form.toggleAttribute('data-empty', field.value === '');
  }
}
