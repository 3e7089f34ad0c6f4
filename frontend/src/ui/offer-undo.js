import { onDemandStrings } from '../strings/on-demand.js';
import { textButton } from './action-button.js';
import { buttonUndo } from './on-demand-classes.js';

/**
 * Reports a deletion with an Undo button. It has no time limit: it stays until the next action.
 * @param {HTMLElement} root
 * @param {'removed' | 'removedElsewhere'} message
 * @param {() => void} undo
 */
export function offerUndo(root, message, undo) {
  const { [message]: detail, undo: label } = onDemandStrings.conversations;
  const onclick = () => {
    root.hidden = true;
    undo();
  };
  root.replaceChildren(detail, textButton(label, onclick, buttonUndo));
  root.hidden = false;
  root.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
}
