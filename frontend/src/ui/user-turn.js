import { element } from '../element.js';
import { softBreaks } from '../render/soft-breaks.js';
import { strings } from '../strings/strings.js';
import { actionButton, textButton } from './action-button.js';
import { buttonQuiet, turn, turnFoot } from './classes.js';
import { copyButton } from './copy-button.js';
import { turnEditor } from './turn-editor.js';
import { versionPicker } from './version-picker.js';

/** @import { Message } from '../conversation/conversation.js' */
/** @import { Turn, TurnHandlers } from './transcript.js' */

const MAX_LINES = 12; // as in the class `line-clamp-12`
const MAX_LENGTH = 1000; // characters, about as much as those lines
// Folded, a border covers the next line, which would show in a padding. In forced colors the
// transparent border becomes visible.
const bubbleClasses =
  'turn-text max-w-bubble rounded-bubble rounded-br-md border border-transparent bg-bubble px-4 py-2.5 whitespace-pre-wrap [tab-size:2] data-folded:line-clamp-12 data-folded:border-b-10 data-folded:border-b-bubble data-folded:pb-0 forced-colors:data-folded:border-b';

/**
 * The turn of a question. Its text never changes: an edited question is another message.
 * @param {Message} message
 * @param {TurnHandlers} handlers
 * @returns {Turn}
 */
export function userTurn({ id, text }, handlers) {
  const bubble = element('div', { className: bubbleClasses, dir: 'auto' }, ...breakable(text));
  const heading = element('h2', { id: `turn-${id}`, className: 'sr-only' }, strings.you);
  const content = element('div', { className: 'grid justify-items-end gap-1' }, bubble);
  const picker = versionPicker(heading, handlers.select);
  const actions = element(
    'div',
    { className: 'flex items-center' },
    copyButton(actionButton('copy', strings.copyMessage), () => text),
    actionButton('edit', strings.edit, edit),
  );
  const foot = element('div', { className: `${turnFoot} -mr-icon-inset` }, picker.element, actions);
  const properties = { className: turn, 'data-role': 'user', 'aria-labelledby': heading.id };
  const article = element('article', properties, heading, content);
  if (isLong(text)) content.append(foldButton(bubble));
  content.append(foot);
  return {
    element: article,
    update: (message, { versions }) => picker.update(message, versions),
    edit,
  };

  function edit() {
    if (content.hidden) return;
    const focused = document.activeElement;
    const editor = turnEditor(text, { send: changed => handlers.edit(id, changed), close });
    content.hidden = true;
    article.append(editor.element);
    editor.focus();

    function close() {
      editor.element.remove();
      content.hidden = false;
      if (focused instanceof HTMLElement) focused.focus();
    }
  }
}

/** @param {string} text */
function breakable(text) {
  const [first, ...rest] = softBreaks(text);
  return [first, ...rest.flatMap(part => [element('wbr'), part])];
}

/** @param {string} text */
function isLong(text) {
  return text.length > MAX_LENGTH || text.split('\n', MAX_LINES + 1).length > MAX_LINES;
}

/** Folds the bubble. @param {HTMLElement} bubble */
function foldButton(bubble) {
  const button = textButton('', toggle, buttonQuiet);
  toggle();
  return button;

  function toggle() {
    const folded = bubble.toggleAttribute('data-folded');
    button.ariaExpanded = String(!folded);
    button.textContent = folded ? strings.showAll : strings.showLess;
  }
}
