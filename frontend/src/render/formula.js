import { element } from '../element.js';
import { renderStrings } from '../strings/render.js';

/** @import { Formula } from './nodes.js' */

/** The formulas that are shown as they are written. @type {Set<HTMLElement>} */
const waiting = new Set();

/**
 * A formula as it is written, until the library has arrived and sets it. Stays so if it cannot be set.
 * @param {Formula} vnode
 */
export function formula({ kind, block }) {
  const code = element('code');
  const scrolls = block && { tabIndex: 0, role: 'group', 'aria-label': renderStrings.formula };
  const node = element('span', { className: kind, dir: 'ltr', translate: false, ...scrolls }, code);
  let source = '';
  return { node, update };

  /** @param {Formula} vnode */
  function update({ text }) {
    if (text === source) return;
    source = code.textContent = text;
    node.replaceChildren(code);
    waiting.add(node);
    load();
  }
}

/** Loads the library at the first formula, and again at the next one or once online if that fails. */
function load() {
  import('./typeset.js').then(
    module => module.typeset(waiting, renderStrings.formula),
    () => addEventListener('online', load),
  );
}
