import { onDemandStrings } from '../strings/on-demand.js';
import { textButton } from './action-button.js';
import { animationFrame } from './animation-frame.js';
import { buttonUndo } from './on-demand-classes.js';

/**
 * Reports a deletion with an Undo button, after the list is drawn, which moves the focus. It has no time
 * limit: it stays until the next action.
 * @param {HTMLElement} root
 * @param {'removed' | 'removedAll' | 'removedElsewhere'} message
 * @param {() => void} undo
 * @param {number} [count]  of conversations
 */
export function offerUndo(root, message, undo, count = 1) {
  const { [message]: text, undo: label } = onDemandStrings.conversations;
  const detail = text(count);
  const onclick = () => {
    root.hidden = true;
    undo();
  };
  animationFrame(() => {
    root.replaceChildren(detail, textButton(label, onclick, buttonUndo));
    root.hidden = false;
    root.dispatchEvent(new CustomEvent('announce', { detail, bubbles: true }));
  })();
}
