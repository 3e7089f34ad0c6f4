import { element } from '../element.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { actionButton } from './action-button.js';
import { hover } from './classes.js';
import { isComposing } from './composition.js';
import { danger, textInput } from './on-demand-classes.js';
import { addIcons } from './on-demand-icons.js';

/** @import { Summary } from '../conversation/conversation.js' */
/**
 * @typedef {object} RowHandlers
 * @property {(id: string, editor: RowEditor) => void} rename
 * @property {RowHandler} pin
 * @property {RowHandler} save  exports to a file
 * @property {RowHandler} remove
 */
/** @typedef {(id: string) => void} RowHandler */
/** @typedef {typeof rowActions} RowActions */
/** @typedef {typeof rowEditor} RowEditor */

const MAX_TITLE_LENGTH = 200;
const words = onDemandStrings.conversations;
const actionClasses = 'flex min-h-control items-center gap-2 rounded-md px-2 text-sm';

/**
 * The buttons below the row of a conversation.
 * @param {Summary} conversation
 * @param {RowHandlers} handlers
 */
export function rowActions({ id, pinned }, { rename, pin, save, remove }) {
  addIcons();
  return element(
    'div',
    {
      className: 'mt-0.5 mb-1 grid grid-cols-2 gap-0.5 rounded-lg border border-hairline bg-bg p-1',
    },
    action(`rename-${id}`, 'edit', words.rename, () => rename(id, rowEditor)),
    action(`pin-${id}`, 'pin', pinned ? words.unpin : words.pin, () => pin(id)),
    action(`save-${id}`, 'save', words.export, () => save(id)),
    action(`remove-${id}`, 'remove', words.remove, () => remove(id), danger),
  );
}

/**
 * @param {string} id
 * @param {string} icon
 * @param {string} label
 * @param {() => void} onclick
 */
function action(id, icon, label, onclick, colours = hover) {
  const button = actionButton(icon, label, onclick);
  button.id = id;
  button.className = `${actionClasses} ${colours}`;
  button.title = ''; // it is the text
  button.append(label);
  return button;
}

/**
 * A field that replaces a title. Enter and blur save it, Escape cancels.
 * @param {string} title
 * @param {(title: string | undefined) => void} close
 */
export function rowEditor(title, close) {
  const field = element('input', {
    className: `row-editor ${textInput} leading-control`,
    dir: 'auto',
    value: title,
    maxLength: MAX_TITLE_LENGTH,
    'aria-label': words.titleField,
  });
  let open = true;
  field.onkeydown = event => {
    if (isComposing(event) || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault(); // Escape neither closes the drawer nor stops an answer
    finish(event.key === 'Enter');
  };
  field.onblur = () => finish(true);
  return field;

  /** @param {boolean} save */
  function finish(save) {
    if (!open) return;
    open = false;
    close(save ? field.value.trim() || undefined : undefined);
  }
}
