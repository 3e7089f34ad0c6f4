import { element } from '../element.js';
import { strings } from '../strings/strings.js';
import { autosize } from './autosize.js';
import { enterKeyHint, isSendKey, isTouchScreen } from './composition.js';
import { icon } from './icon.js';

/** @import { Attachment } from '../conversation/conversation.js' */
/** @typedef {ReturnType<typeof composer>} Composer */
/** @typedef {(text: string, attachments?: Attachment[]) => void} Send */
/**
 * What is attached to the message, once something can be.
 * @typedef {object} Tray
 * @property {(hasText: boolean) => boolean} canSend
 * @property {() => Attachment[] | undefined} take  what is sent
 * @property {(attachments: Attachment[]) => void} add  of a message that waited
 */
/**
 * @typedef {object} Handlers
 * @property {() => boolean} canSend  whether there is a conversation for a message
 * @property {Send} send
 * @property {Send} enqueue  sends the message after the running answer
 * @property {() => void} stop
 * @property {() => boolean} isAnswering  reads the state, which may be newer than the page
 * @property {(text: string) => void} draft
 * @property {() => void} editLast
 */

/**
 * The message form. Its text area is never disabled and keeps the focus, except after a tap on a touch
 * screen, where the keyboard closes. Its button sends a message, and stops the answer while there is one;
 * then a second button, and Enter, queue the next message.
 * @param {HTMLFormElement} form
 * @param {Handlers} handlers
 */
export function composer(form, handlers) {
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem('message'));
  const button = /** @type {HTMLButtonElement} */ (form.elements.namedItem('send'));
  const hint = /** @type {HTMLElement} */ (form.querySelector('#hint span'));
  const resize = autosize(field);
  const queue = queueButton(() => send());
  field.enterKeyHint = enterKeyHint();
  /** @type {Tray | undefined} */
  let tray;
  let answering = false;
  let online = true;
  /** @type {(() => boolean) | undefined} */
  let isHeld;

  field.addEventListener('keydown', event => {
    const editsLast = event.key === 'ArrowUp' && field.value === '';
    if (!editsLast && !isSendKey(event)) return;
    event.preventDefault();
    if (editsLast) handlers.editLast();
    else send(true);
  });
  field.addEventListener('input', () => {
    handlers.draft(field.value);
    resize();
    update(answering);
  });
  // The second click of a double click would stop the answer to the message that the first one sent.
  button.onclick = ({ detail }) => detail < 2;
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
    useTray,
    hold,
    text: () => field.value,
    focus: () => field.focus(),
  };

  /** @param {boolean} [byKey]  of a hardware keyboard */
  function send(byKey) {
    const text = field.value;
    if (!canSend()) return;
    const attachments = tray?.take();
    fill('');
    if (handlers.isAnswering()) {
      handlers.enqueue(text, attachments);
    } else {
      handlers.draft('');
      handlers.send(text, attachments);
    }
    if (isTouchScreen() && !byKey) field.blur();
    else field.focus();
  }

  function canSend() {
    const hasText = field.value.trim() !== '';
    return online && handlers.canSend() && !isHeld?.() && (tray ? tray.canSend(hasText) : hasText);
  }

  /** To call again after a change. @param {Tray} value */
  function useTray(value) {
    tray = value;
    update(answering);
  }

  /** To call again after a change. @param {() => boolean} value  whether the message is not complete yet */
  function hold(value) {
    isHeld = value;
    update(answering);
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

  /**
   * Inserts a message that waited, or the stored draft, before the text.
   * @param {string} text
   * @param {Attachment[]} [attachments]
   */
  function prepend(text, attachments = []) {
    fill([text, field.value].filter(Boolean).join('\n\n'));
    handlers.draft(field.value);
    tray?.add(attachments);
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
    const sends = canSend();
    button.ariaDisabled = String(!value && !sends);
    if (!value || !sends) queue.remove();
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
