import { codeBlock } from './code-block.js';
import { formula } from './formula.js';
import { patchText } from './patch-text.js';

/** @import { Element, VNode, Text } from './nodes.js' */

/**
 * A VNode and its DOM node, which is reused as long as the kind stays the same.
 * @typedef {{ kind: string, key?: string, node: ChildNode, update(vnode: any, final: boolean): void }} Rendered
 */

/**
 * Updates the children of an element, touching only the DOM nodes that differ.
 * @param {ParentNode & Node} parent
 * @param {Rendered[]} rendered  the current children; kept up to date
 * @param {VNode[]} vnodes
 * @param {{ from?: number, final?: boolean }} [options]  from: index of the first VNode among the
 *   children; final: no more text follows, so children with an unchanged key are updated as well
 */
export function reconcile(parent, rendered, vnodes, { from = 0, final = false } = {}) {
  if (isReplaced(parent, rendered, from)) removeFrom(parent, rendered, from);
  // The last child may show completed syntax, so that its unchanged source can now read differently.
  const trusted = final ? 0 : rendered.length - 1;
  vnodes.forEach((vnode, index) => {
    const at = from + index;
    const old = rendered[at];
    if (old?.kind === vnode.kind) {
      const same = at < trusted && vnode.key !== undefined && vnode.key === old.key;
      if (!same) old.update(vnode, final);
      old.key = vnode.key;
      return;
    }
    rendered[at] = mount(vnode, final);
    if (old) old.node.replaceWith(rendered[at].node);
    else parent.append(rendered[at].node);
  });
  for (const { node } of rendered.splice(from + vnodes.length)) node.remove();
}

/**
 * Whether something else has replaced a child, as the translation of a browser does: it puts `font`
 * elements in the place of text nodes, so that an update of the text would not be seen.
 * @param {Node} parent
 * @param {Rendered[]} rendered
 * @param {number} from
 */
function isReplaced(parent, rendered, from) {
  for (let at = from; at < rendered.length; at++)
    if (rendered[at].node.parentNode !== parent) return true;
  return false;
}

/**
 * Removes the children from an index on, so that they are created again.
 * @param {ParentNode & Node} parent
 * @param {Rendered[]} rendered
 * @param {number} from
 */
function removeFrom(parent, rendered, from) {
  const last = rendered[from - 1]?.node;
  while (parent.lastChild && parent.lastChild !== last) parent.lastChild.remove();
  rendered.length = from;
}

/**
 * @param {VNode} vnode
 * @param {boolean} final
 * @returns {Rendered}
 */
function mount(vnode, final) {
  const { kind, key } = vnode;
  const { node, update } = createNode(vnode);
  update(vnode, final);
  return { kind, key, node, update };
}

/**
 * @param {VNode} vnode
 * @returns {Pick<Rendered, 'node' | 'update'>}
 */
function createNode(vnode) {
  if ('attributes' in vnode) return createElement(vnode);
  if ('block' in vnode) return formula(vnode);
  return 'info' in vnode ? codeBlock(vnode.info) : createText();
}

/** @param {Element} vnode */
function createElement({ kind }) {
  const node = document.createElement(kind);
  /** @type {Record<string, string>} */
  let applied = {};
  /** @type {Rendered[]} */
  const rendered = [];
  return {
    node,
    /**
     * @param {Element} vnode
     * @param {boolean} final
     */
    update({ attributes, children }, final) {
      setAttributes(node, applied, attributes);
      applied = attributes;
      reconcile(node, rendered, children(), { final });
    },
  };
}

function createText() {
  const node = document.createTextNode('');
  return {
    node,
    /** @param {Text} vnode */
    update: ({ text }) => patchText(node, text),
  };
}

/**
 * Changes only the attributes that differ from the applied ones, so that a `details` stays as the
 * reader has left it.
 * @param {HTMLElement} node
 * @param {Record<string, string>} applied
 * @param {Record<string, string>} attributes
 */
function setAttributes(node, applied, attributes) {
  for (const name of Object.keys(applied)) if (!(name in attributes)) node.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes)) {
    if (applied[name] !== value) node.setAttribute(name, value);
  }
}
