import { element } from '../element.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { textButton } from './action-button.js';
import { dialog } from './dialog.js';
import { buttonDanger, buttonGroup, modalScrolling, modalTitle } from './on-demand-classes.js';

const { settings: words } = onDemandStrings;

/**
 * A button that removes all conversations after a confirmation.
 * @param {{ count: () => number, remove: () => void, close: () => void }} handlers
 */
export function removeAllButton({ count, remove, close }) {
  return textButton(words.removeAll, confirm, buttonDanger);

  function confirm() {
    const label = words.confirmRemoval(count());
    const cancel = textButton(words.cancel, () => root.close());
    cancel.autofocus = true;
    const removal = textButton(words.removeAll, onConfirm, buttonDanger);
    const root = dialog(
      { className: `${modalScrolling} max-w-sm`, label },
      element('h2', { className: modalTitle }, label),
      element('p', { className: 'pt-1 pb-3' }, words.removalScope),
      element('div', { className: `${buttonGroup} justify-end` }, cancel, removal),
    );

    function onConfirm() {
      root.close();
      close();
      remove();
    }
  }
}
