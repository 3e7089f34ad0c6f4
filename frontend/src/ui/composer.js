import { strings } from '../strings/strings.js';
import { autosize } from './autosize.js';
import { sends } from './composition.js';
import { icon } from './icon.js';

/** @typedef {ReturnType<typeof composer>} Composer */
/**
 * @typedef {object} Verbs
 * @property {(text: string) => void} send
 * @property {() => void} stop
 * @property {() => boolean} isAnswering  now, which may not be drawn yet
 * @property {(text: string) => void} draft
 * @property {() => void} editLast
 */

/**
 * Where the reader writes. The text field is never disabled and never loses the focus; the one
 * button sends, and stops what it began.
 * @param {HTMLFormElement} form
 * @param {Verbs} verbs
 */
export function composer(form, verbs) {
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem('message'));
  const button = /** @type {HTMLButtonElement} */ (form.elements.namedItem('send'));
  const fit = autosize(field);
  let answering = false;
  let online = true;

  field.addEventListener('keydown', event => {
    const recalls = event.key === 'ArrowUp' && field.value === '';
    if (!recalls && !sends(event)) return;
    event.preventDefault();
    if (recalls) verbs.editLast();
    else send();
  });
  field.addEventListener('input', () => {
    verbs.draft(field.value);
    fit();
    update(answering);
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (answering) verbs.stop();
    else send();
  });
  form.addEventListener('pointerdown', event => {
    if (event.target instanceof HTMLButtonElement) return;
    if (event.target === field) return;
    event.preventDefault();
    field.focus();
  });
  return { update, connected, fill, add, text: () => field.value, focus: () => field.focus() };

  function send() {
    const text = field.value;
    if (!online || verbs.isAnswering() || text.trim() === '') return;
    fill('');
    verbs.draft('');
    verbs.send(text);
  }

  /** @param {string} text */
  function fill(text) {
    field.value = text;
    fit();
    update(answering);
  }

  /** Below what is written. @param {string} text */
  function add(text) {
    const written = field.value.trimEnd();
    fill(written ? `${written}\n\n${text}` : text);
    verbs.draft(field.value);
    field.focus();
    field.scrollTop = field.scrollHeight;
  }

  /** @param {boolean} now  whether there is a network to send with */
  function connected(now) {
    online = now;
    update(answering);
  }

  /** @param {boolean} now  whether there is an answer to stop */
  function update(now) {
    if (now !== answering) {
      button.replaceChildren(icon(now ? 'stop' : 'send'));
      button.ariaLabel = button.title = now ? strings.stop : strings.send;
    }
    answering = now;
    button.ariaDisabled = String(!now && (!online || field.value.trim() === ''));
    form.toggleAttribute('data-empty', field.value === '');
  }
}
