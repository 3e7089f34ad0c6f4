import { element } from '../element.js';
import { strings } from '../strings/strings.js';
import { autosize } from './autosize.js';
import { enterKeyHint, isSendKey, isTouchScreen } from './composition.js';
import { icon } from './icon.js';

/** @typedef {ReturnType<typeof composer>} Composer */
/**
 * @typedef {object} Handlers
 * @property {(text: string) => void} send
 * @property {(text: string) => void} enqueue  sends the text after the running answer
 * @property {() => void} stop
 * @property {() => boolean} isAnswering  reads the state, which may be newer than the page
 * @property {(text: string) => void} draft
 * @property {() => void} editLast
 */

/**
 * The message form. Its text area is never disabled and keeps the focus, except on a touch screen,
 * where the keyboard closes. Its button sends a message, and stops the answer while there is one;
 * then a second button, and Enter, queue the next message.
 * @param {HTMLFormElement} form
 * @param {Handlers} handlers
 */
export function composer(form, handlers) {
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem('message'));
  const button = /** @type {HTMLButtonElement} */ (form.elements.namedItem('send'));
  const hint = /** @type {HTMLElement} */ (form.querySelector('#hint span'));
  const resize = autosize(field);
  const queue = queueButton(send);
  field.enterKeyHint = enterKeyHint();
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
  return {
    update,
    connected,
    fill,
    add,
    prepend,
    text: () => field.value,
    focus: () => field.focus(),
  };

  function send() {
    const text = field.value;
    if (!online || text.trim() === '') return;
    fill('');
    if (handlers.isAnswering()) {
      handlers.enqueue(text);
    } else {
      handlers.draft('');
      handlers.send(text);
    }
    if (isTouchScreen()) field.blur();
    else field.focus();
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

  /** Inserts a paragraph before the text. @param {string} text */
  function prepend(text) {
    fill(field.value ? `${text}\n\n${field.value}` : text);
    handlers.draft(field.value);
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
      hint.textContent = value ? strings.hintAfterAnswer : strings.hintSend;
    }
    answering = value;
    const canSend = online && field.value.trim() !== '';
    button.ariaDisabled = String(!value && !canSend);
    if (!value || !canSend) queue.remove();
    else if (!queue.isConnected) button.before(queue);
    form.toggleAttribute('data-empty', field.value === '');
  }
}

/** @param {() => void} onclick */
function queueButton(onclick) {
  const labels = { title: strings.sendAfterAnswer, 'aria-label': strings.sendAfterAnswer };
  const className =
    'ms-auto [&+*]:ms-0 grid size-control shrink-0 place-items-center rounded-full border border-control';
  return element('button', { type: 'button', className, onclick, ...labels }, icon('send'));
}
