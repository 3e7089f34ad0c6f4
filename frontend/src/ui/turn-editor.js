import { strings } from '../strings/strings.js';
import { autosize } from './autosize.js';
import { composing, sends } from './composition.js';
import { element } from './element.js';

/**
 * Where a question is written anew, in its own place. Enter sends it, Esc leaves it as it was.
 * @param {string} text
 * @param {{ send: (text: string) => void, close: () => void }} verbs
 */
export function turnEditor(text, { send, close }) {
  const field = element('textarea', {
    name: 'edit',
    rows: 1,
    dir: 'auto',
    enterKeyHint: 'send',
    'aria-label': strings.editMessage,
    value: text,
  });
  const cancel = element('button', { type: 'button', className: 'offer' }, strings.cancel);
  const submit = element('button', { className: 'offer chief' }, strings.send);
  const buttons = element('div', { className: 'turn-editor-row' }, cancel, submit);
  const form = element('form', { className: 'turn-editor' }, field, buttons);
  const fit = autosize(field);

  field.oninput = fit;
  cancel.onclick = close;
  form.onsubmit = event => {
    event.preventDefault();
    if (field.value.trim() !== '') send(field.value);
  };
  form.onkeydown = event => {
    if (event.target === field && sends(event)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === 'Escape' && !composing(event)) {
      event.preventDefault();
      close();
    }
  };
  return { element: form, begin };

  /** Takes the focus, once it is on the page. */
  function begin() {
    fit();
    field.focus();
    field.setSelectionRange(text.length, text.length);
  }
}
