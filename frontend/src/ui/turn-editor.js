import { element } from '../element.js';
import { strings } from '../strings/strings.js';
import { textButton } from './action-button.js';
import { autosize } from './autosize.js';
import { buttonPrimary, keyboardRing, textArea } from './classes.js';
import { enterKeyHint, isComposing, isSendKey } from './composition.js';
import { unfinishedEdit } from './unfinished-edit.js';

/** @import { Message } from '../conversation/conversation.js' */

/** Whether the editor of a question was left open. @param {string} id */
export function isUnfinished(id) {
  return unfinishedEdit(id).read() !== undefined;
}

/**
 * The form that edits a question in place. Enter sends it, Escape cancels. Left open it has its text
 * when it is opened again.
 * @param {Message} question
 * @param {{ send: (text: string) => void, close: () => void }} handlers
 */
export function turnEditor({ id, text }, { send, close }) {
  const unfinished = unfinishedEdit(id);
  const field = element('textarea', {
    name: 'edit',
    className: textArea,
    rows: 1,
    dir: 'auto',
    enterKeyHint: enterKeyHint(),
    'aria-label': strings.editMessage,
    value: unfinished.read() ?? text,
  });
  const cancel = textButton(strings.cancel, onCancel);
  const submit = element('button', { className: buttonPrimary }, strings.send);
  const buttons = element('div', { className: 'mt-2 flex justify-end gap-2' }, cancel, submit);
  const className = `mb-6 rounded-bubble border border-control bg-bubble p-3 ${keyboardRing}`;
  const form = element('form', { className }, field, buttons);
  const resize = autosize(field);

  field.oninput = () => {
    unfinished.write(field.value);
    resize();
  };
  form.onsubmit = event => {
    event.preventDefault();
    if (field.value.trim() === '') return;
    unfinished.remove();
    send(field.value);
  };
  form.onkeydown = event => {
    if (event.target === field && isSendKey(event)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === 'Escape' && !isComposing(event)) {
      event.preventDefault();
      onCancel();
    }
  };
  return { element: form, resize, focus };

  function onCancel() {
    unfinished.remove();
    close();
  }

  function focus() {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }
}
