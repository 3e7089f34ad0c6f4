import { element } from '../element.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { note } from './classes.js';
import { longText } from './on-demand-classes.js';

/** @typedef {{ read: () => string, write: (text: string) => void }} Instructions */

const MAX_LENGTH = 4000; // characters
const COUNT_LENGTH = 3200; // from which on they are counted
const { instructions: words } = onDemandStrings.settings;

/**
 * The fields of the instructions for the model. What is typed is saved at once.
 * @param {{ all: Instructions, current: Instructions }} instructions
 */
export function instructionsFields({ all, current }) {
  return element(
    'div',
    { className: 'grid gap-2' },
    field(words.all, all),
    field(words.here, current),
  );
}

/**
 * @param {string} label
 * @param {Instructions} instructions
 */
function field(label, { read, write }) {
  const count = element('span', { className: `${note} block min-h-4`, role: 'status' });
  const text = element('textarea', {
    className: longText,
    rows: 2,
    dir: 'auto',
    maxLength: MAX_LENGTH,
    value: read(),
    placeholder: words.placeholder,
  });
  text.oninput = () => {
    write(text.value);
    update();
  };
  update();
  const root = element('div', {}, element('label', { className: 'block text-label' }, label, text));
  root.append(count);
  return root;

  function update() {
    const { length } = text.value;
    count.textContent = length < COUNT_LENGTH ? '' : words.count(length, MAX_LENGTH);
  }
}
