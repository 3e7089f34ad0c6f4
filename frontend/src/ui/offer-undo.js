import { onDemandStrings } from '../strings/on-demand.js';
import { element } from './element.js';
import { buttonUndo } from './on-demand-classes.js';

/**
 * Reports a deletion with an Undo button. It has no time limit: it stays until the next action.
 * @param {HTMLElement} root
 * @param {'removed' | 'removedElsewhere'} message
 * @param {() => void} undo
 */
export function offerUndo(root, message, undo) {
  const { [message]: detail, undo: label } = onDemandStrings.conversations;
  const button = element('button', { type: 'button', className: buttonUndo }, label);
  button.onclick = () => {
    root.hidden = true;
    undo();
  };
  root.replaceChildren(detail, button);
  root.hidden = false;
  root.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
}
