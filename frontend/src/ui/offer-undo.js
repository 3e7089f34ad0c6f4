import { onDemandStrings } from '../strings/on-demand.js';
import { element } from './element.js';

/**
 * Says that a conversation was deleted and takes it back if asked to. It stays until something else
 * is done: nobody has to be quick.
 * @param {HTMLElement} root
 * @param {'removed' | 'removedElsewhere'} done
 * @param {() => void} back
 */
export function offerUndo(root, done, back) {
  const { [done]: detail, undo } = onDemandStrings.conversations;
  const button = element('button', { type: 'button', className: 'quiet-button' }, undo);
  button.onclick = () => {
    root.hidden = true;
    back();
  };
  root.replaceChildren(detail, button);
  root.hidden = false;
  root.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
}
