import { optionStrings as words } from '../strings/options.js';
import { actionButton } from './action-button.js';
import { iconButton } from './classes.js';
import { optionOn } from './on-demand-classes.js';
import { addIcons } from './on-demand-icons.js';

/**
 * A button that lets the model search the web; hidden if it cannot.
 * @param {(on: boolean) => void} choose
 */
export function searchToggle(choose) {
  addIcons();
  const root = actionButton('globe', words.webSearch, () => choose(root.ariaPressed !== 'true'));
  root.title = words.webSearchTitle;
  root.onpointerdown = event => event.stopPropagation(); // the composer would take the focus
  return { element: root, update };

  /**
   * @param {boolean} available
   * @param {boolean} on
   */
  function update(available, on) {
    root.hidden = !available;
    root.ariaPressed = String(on);
    root.className = on ? optionOn : iconButton;
  }
}
