import { codeBlock } from './code-block.js';
import { patchText } from './patch-text.js';

/** @import { Code, Element, Piece, Text } from './nodes.js' */

/**
 * A piece on the page. Its node stays the same for as long as its kind does.
 * @typedef {{ kind: string, key?: string, node: ChildNode, update(piece: any, settled: boolean): void }} Shown
 */

/**
 * Makes an element show the pieces, touching only what differs.
 * @param {ParentNode & Node} parent
 * @param {Shown[]} shown  what the element holds; kept up to date
 * @param {Piece[]} pieces
 * @param {{ from?: number, settled?: boolean }} [options]  from: how many are shown before the first
 *   of the pieces; settled: nothing will follow, and even what has an unchanged source is looked into
 */
export function reconcile(parent, shown, pieces, { from = 0, settled = false } = {}) {
  // The last one shown was perhaps mended, and its source read otherwise than it will be now.
  const trusted = settled ? 0 : shown.length - 1;
  pieces.forEach((piece, index) => {
    const at = from + index;
    const old = shown[at];
    if (old?.kind === piece.kind) {
      const same = at < trusted && piece.key !== undefined && piece.key === old.key;
      if (!same) old.update(piece, settled);
      old.key = piece.key;
      return;
    }
    shown[at] = mount(piece, settled);
    if (old) old.node.replaceWith(shown[at].node);
    else parent.append(shown[at].node);
  });
  for (const { node } of shown.splice(from + pieces.length)) node.remove();
}

/**
 * @param {Piece} piece
 * @param {boolean} settled
 * @returns {Shown}
 */
function mount(piece, settled) {
  const { kind, key } = piece;
  const { node, update } = surface(piece);
  update(piece, settled);
  return { kind, key, node, update };
}

/**
 * @param {Piece} piece
 * @returns {Pick<Shown, 'node' | 'update'>}
 */
function surface(piece) {
  if ('attributes' in piece) return elementSurface(piece);
  return 'info' in piece ? codeSurface(piece) : textSurface();
}

/** @param {Element} piece */
function elementSurface({ kind }) {
  const node = document.createElement(kind);
  /** @type {Shown[]} */
  const shown = [];
  return {
    node,
    /**
     * @param {Element} piece
     * @param {boolean} settled
     */
    update({ attributes, inside }, settled) {
      setAttributes(node, attributes);
      reconcile(node, shown, inside(), { settled });
    },
  };
}

function textSurface() {
  const node = document.createTextNode('');
  return {
    node,
    /** @param {Text} piece */
    update: ({ text }) => patchText(node, text),
  };
}

/** @param {Code} piece */
function codeSurface({ info }) {
  const { node, write, finish } = codeBlock(info);
  return {
    node,
    /**
     * @param {Code} piece
     * @param {boolean} settled
     */
    update({ text, closed }, settled) {
      write(text);
      if (closed || settled) finish();
    },
  };
}

/**
 * @param {HTMLElement} node
 * @param {Record<string, string>} attributes
 */
function setAttributes(node, attributes) {
  for (const name of node.getAttributeNames()) {
    if (!Object.hasOwn(attributes, name)) node.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}
