import { messageParts } from '../conversation/message-parts.js';
import { element } from '../element.js';
import { strings } from '../strings/strings.js';
import { turnStrings } from '../strings/turns.js';
import { actionButton, textButton } from './action-button.js';
import { buttonQuiet, turn, turnFoot } from './classes.js';
import { copyButton } from './copy-button.js';
import { userText } from './user-text.js';
import { versionPicker } from './version-picker.js';

/** @import { Message } from '../conversation/conversation.js' */
/** @import { Part } from '../conversation/message-parts.js' */
/** @import { Placement, Turn, TurnHandlers } from './transcript.js' */

const MAX_LINES = 12; // as in the class of the bubble
const MAX_LENGTH = 1000; // characters, about as much as those lines
// In forced colors the transparent border becomes visible.
const bubbleClasses =
  'turn-text grid max-w-bubble grid-cols-1 gap-2 rounded-bubble rounded-br-md page-rtl:rounded-bubble page-rtl:rounded-bl-md border border-transparent bg-bubble px-4 py-2.5 whitespace-pre-wrap [tab-size:2] data-folded:max-h-[calc(12lh+0.625rem)] data-folded:overflow-hidden data-folded:pb-0 data-folded:[mask-image:linear-gradient(#000_80%,transparent)]';

/**
 * The turn of a question. Its text never changes: an edited question is another message.
 * @param {Message} question
 * @param {TurnHandlers} handlers
 * @returns {Turn}
 */
export function userTurn(question, handlers) {
  const { id, text, attachments } = question;
  const parts = messageParts(text);
  const properties = { className: bubbleClasses, dir: 'auto', lang: '', hidden: text === '' };
  const bubble = element('div', properties, ...userText(parts));
  // Keeps the height of the images free until they are drawn.
  const images = attachments?.filter(({ type }) => type === 'image').length ?? 0;
  const rows = Math.ceil(images / 2);
  const attached = element('div', { hidden: !attachments, 'data-attachments': rows });
  const heading = element('h2', { id: `turn-${id}`, className: 'sr-only' }, strings.you);
  const content = element('div', { className: 'grid justify-items-end gap-1' }, attached, bubble);
  const picker = versionPicker(heading, handlers.select);
  const editButton = actionButton('edit', strings.edit, edit);
  const actions = element(
    'div',
    { className: 'flex items-center' },
    copyButton(actionButton('copy', turnStrings.copyMessage), () => text),
    editButton,
  );
  const foot = element('div', { className: `${turnFoot} -me-icon-inset` }, picker.element, actions);
  const article = element(
    'article',
    { className: turn, 'data-role': 'user', 'aria-labelledby': heading.id },
    heading,
    content,
  );
  /** @type {ReturnType<typeof import('./turn-editor.js').turnEditor> | undefined} */
  let editor;
  if (isLong(parts)) content.append(foldButton(bubble));
  content.append(foot);
  // Before an edit: an early Escape would stop the answer.
  import('./turn-editor.js').then(
    module => module.isUnfinished(id) && openEditor(module, editButton),
    () => {},
  );
  return {
    element: article,
    update,
    edit,
  };

  /**
   * @param {Message} message
   * @param {Placement} placement
   */
  function update(message, { versions, conversation }) {
    picker.update(message, versions);
    if (attachments)
      import('./turn-attachments.js').then(({ turnAttachments }) =>
        turnAttachments(attached, message, conversation, handlers),
      );
  }

  async function edit() {
    const focused = document.activeElement;
    openEditor(await import('./turn-editor.js'), focused).focus();
  }

  /**
   * @param {typeof import('./turn-editor.js')} module
   * @param {Element | null} opener  has the focus after the editor is closed
   */
  function openEditor({ turnEditor }, opener) {
    if (editor) return editor;
    editor = turnEditor(question, { send: changed => handlers.edit(id, changed), close });
    content.hidden = true;
    article.append(editor.element);
    editor.resize();
    return editor;

    function close() {
      editor?.element.remove();
      editor = undefined;
      content.hidden = false;
      if (opener instanceof HTMLElement) opener.focus();
    }
  }
}

/** @param {Part[]} parts */
function isLong(parts) {
  const shown = parts.filter(({ type }) => type !== 'file').map(part => part.text);
  const text = shown.join('\n');
  return text.length > MAX_LENGTH || text.split('\n', MAX_LINES + 1).length > MAX_LINES;
}

/** Folds the bubble. @param {HTMLElement} bubble */
function foldButton(bubble) {
  const button = textButton('', toggle, buttonQuiet);
  bubble.addEventListener('focusin', () => {
    if ('folded' in bubble.dataset) toggle(); // the focus may be in the hidden part
  });
  toggle();
  return button;

  function toggle() {
    const folded = bubble.toggleAttribute('data-folded');
    button.ariaExpanded = String(!folded);
    button.textContent = folded ? turnStrings.showAll : turnStrings.showLess;
  }
}
