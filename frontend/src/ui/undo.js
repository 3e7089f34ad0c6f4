import { strings } from '../strings.js';
import { element } from './element.js';

/**
 * Says what was done and takes it back if asked to. It stays until something else is done: nobody
 * has to be quick.
 * @param {HTMLElement} root
 */
export function undo(root) {
  return { offer, withdraw };

  /**
   * @param {string} done
   * @param {() => void} back
   */
  function offer(done, back) {
    const button = element('button', { type: 'button', className: 'quiet-button' }, strings.undo);
    button.onclick = () => {
      withdraw();
      back();
    };
    root.replaceChildren(done, button);
    root.hidden = false;
    root.dispatchEvent(new CustomEvent('announce', { detail: done, bubbles: true }));
  }

  function withdraw() {
    root.hidden = true;
  }
}
