import { strings } from '../strings/strings.js';
import { actionButton } from './action-button.js';
import { copyButton } from './copy-button.js';
import { element } from './element.js';
import { turnEditor } from './turn-editor.js';
import { versionPicker } from './version-picker.js';

/** @import { Message } from '../conversation/message.js' */
/** @import { Turn, TurnVerbs } from './transcript.js' */

const foldedLines = 12;
const foldedLength = 1000; // characters; about as much as those lines hold

/**
 * A question. Its text never changes: an edited question is another message.
 * @param {Message} message
 * @param {TurnVerbs} verbs
 * @returns {Turn}
 */
export function userTurn({ id, text }, verbs) {
  const bubble = element('div', { className: 'turn-text', dir: 'auto' }, text);
  const heading = element('h2', { id: `turn-${id}`, className: 'sr-only' }, strings.you);
  const shown = element('div', { className: 'turn-shown' }, bubble);
  const versions = versionPicker(heading, verbs.select);
  const actions = element(
    'div',
    { className: 'turn-actions' },
    copyButton(actionButton('copy', strings.copyMessage), () => text),
    actionButton('edit', strings.edit, edit),
  );
  const foot = element('div', { className: 'turn-foot' }, versions.element, actions);
  const article = element(
    'article',
    { className: 'turn', 'data-role': 'user', 'aria-labelledby': heading.id },
    heading,
    shown,
  );
  if (isLong(text)) shown.append(unfold(bubble));
  shown.append(foot);
  return {
    element: article,
    update: (message, place) => versions.update(message, place.versions),
    edit,
  };

  function edit() {
    if (shown.hidden) return;
    const before = document.activeElement;
    const editor = turnEditor(text, { send: changed => verbs.edit(id, changed), close });
    shown.hidden = true;
    article.append(editor.element);
    editor.begin();

    function close() {
      editor.element.remove();
      shown.hidden = false;
      if (before instanceof HTMLElement) before.focus();
    }
  }
}

/** @param {string} text */
function isLong(text) {
  return text.length > foldedLength || text.split('\n', foldedLines + 1).length > foldedLines;
}

/** @param {HTMLElement} bubble */
function unfold(bubble) {
  const button = element(
    'button',
    { type: 'button', className: 'quiet-button', 'aria-expanded': 'false' },
    strings.showAll,
  );
  bubble.classList.add('folded');
  button.onclick = () => {
    const folded = bubble.classList.toggle('folded');
    button.setAttribute('aria-expanded', String(!folded));
    button.textContent = folded ? strings.showAll : strings.showLess;
  };
  return button;
}
