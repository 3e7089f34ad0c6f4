import { element } from '../element.js';
import { optionStrings as words } from '../strings/options.js';
import { optionControl } from './on-demand-classes.js';

/** @import { Model } from '../stream/capabilities.js' */

/**
 * The list of models; hidden if there is only one. A native control, which has the keyboard, the
 * speech and the touch list of its platform.
 * @param {(model: string) => void} choose
 */
export function modelPicker(choose) {
  const className = `${optionControl} max-w-40 min-w-0 truncate text-field`;
  const label = { 'aria-label': words.model, title: words.model };
  const root = element('select', { name: 'model', className, hidden: true, ...label });
  root.onchange = () => choose(root.value);
  root.onpointerdown = event => event.stopPropagation(); // the composer would take the focus
  return { element: root, setModels, update };

  /** @param {Model[]} models */
  function setModels(models) {
    root.hidden = models.length < 2;
    const options = models.map(({ id, label }) => element('option', { value: id }, label));
    root.replaceChildren(...options);
  }

  /** @param {string} model */
  function update(model) {
    if (root.value !== model) root.value = model;
  }
}
