import { element } from '../element.js';
import { strings } from '../strings/strings.js';
import { textButton } from './action-button.js';
import { autosize } from './autosize.js';
import { buttonPrimary, keyboardRing, textArea } from './classes.js';
import { enterKeyHint, isComposing, isSendKey } from './composition.js';

/**
 * The form that edits a question in place. Enter sends it, Escape cancels.
 * @param {string} text
 * @param {{ send: (text: string) => void, close: () => void }} handlers
 */
export function turnEditor(text, { send, close }) {
  const field = element('textarea', {
    name: 'edit',
    className: textArea,
    rows: 1,
    dir: 'auto',
    enterKeyHint: enterKeyHint(),
    'aria-label': strings.editMessage,
    value: text,
  });
  const cancel = textButton(strings.cancel, close);
  const submit = element('button', { className: buttonPrimary }, strings.send);
  const buttons = element('div', { className: 'mt-2 flex justify-end gap-2' }, cancel, submit);
  const className = `mb-6 rounded-bubble border border-control bg-bubble p-3 ${keyboardRing}`;
  const form = element('form', { className }, field, buttons);
  const resize = autosize(field);

  field.oninput = resize;
  form.onsubmit = event => {
    event.preventDefault();
    if (field.value.trim() !== '') send(field.value);
  };
  form.onkeydown = event => {
    if (event.target === field && isSendKey(event)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === 'Escape' && !isComposing(event)) {
      event.preventDefault();
      close();
    }
  };
  return { element: form, focus };

  /** To call after the form is in the document. */
  function focus() {
    resize();
    field.focus();
    field.setSelectionRange(text.length, text.length);
  }
}
