import { onDemandStrings } from '../strings/on-demand.js';
import { composing } from './composition.js';
import { element } from './element.js';

/** @import { Summary } from '../conversation/conversation.js' */
/**
 * @typedef {object} RowVerbs
 * @property {(id: string, field: RowEditor) => void} rename
 * @property {Verb} pin
 * @property {Verb} save  to a file
 * @property {Verb} remove
 */
/** @typedef {(id: string) => void} Verb */
/** @typedef {typeof rowActions} RowActions */
/** @typedef {typeof rowEditor} RowEditor */

const words = onDemandStrings.conversations;

/**
 * What can be done to a conversation, for a place under its row.
 * @param {Summary} conversation
 * @param {RowVerbs} verbs
 */
export function rowActions({ id, pinned }, { rename, pin, save, remove }) {
  return element(
    'div',
    { className: 'row-actions' },
    action(`rename-${id}`, words.rename, () => rename(id, rowEditor)),
    action(`pin-${id}`, pinned ? words.unpin : words.pin, () => pin(id)),
    action(`save-${id}`, words.save, () => save(id)),
    action(`remove-${id}`, words.remove, () => remove(id)),
  );
}

/**
 * @param {string} id
 * @param {string} name
 * @param {() => void} onclick
 */
function action(id, name, onclick) {
  return element('button', { id, type: 'button', className: 'quiet-button', onclick }, name);
}

/**
 * A field in the place of a title. Enter and leaving it keep what it says, Esc what there was.
 * @param {string} title
 * @param {(title: string | undefined) => void} close
 */
export function rowEditor(title, close) {
  const field = element('input', {
    className: 'row row-editor',
    dir: 'auto',
    value: title,
    maxLength: 200,
    'aria-label': words.titleField,
  });
  let open = true;
  field.onkeydown = event => {
    if (composing(event) || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault(); // the drawer stays, and an answer goes on
    end(event.key === 'Enter');
  };
  field.onblur = () => end(true);
  return field;

  /** @param {boolean} kept */
  function end(kept) {
    if (!open) return;
    open = false;
    close(kept ? field.value.trim() || undefined : undefined);
  }
}
