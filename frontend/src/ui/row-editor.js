import { strings } from '../strings.js';
import { element } from './element.js';
import { composing } from './keys.js';

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
    'aria-label': strings.titleField,
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
