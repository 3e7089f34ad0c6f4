import { newestLeaf } from '../conversation/branch.js';
import { title as titleOf } from '../conversation/title.js';
import { stableId } from './stable-id.js';

/** @import { Conversation, Message } from '../conversation/conversation.js' */

/**
 * A node of another product's tree. A node without a role or without text is hidden: its children
 * belong to its parent.
 * @typedef {object} Node
 * @property {string} id
 * @property {string | undefined} parent
 * @property {'user' | 'assistant'} [role]
 * @property {string} [text]
 * @property {number} [createdAt]
 * @property {string} [model]
 * @property {number} [omitted]  images and files that are not part of the text
 */

/**
 * @typedef {object} Tree
 * @property {string} id
 * @property {unknown} title
 * @property {number} [createdAt]
 * @property {number} [updatedAt]
 * @property {boolean} [pinned]
 * @property {string} [leaf]  last node of the selected branch; without it, the newest message
 * @property {Node[]} nodes
 */

/** @typedef {{ conversation: Conversation, omitted: number }} Imported */
/** @typedef {{ message: Message | undefined, isOnlyChild: boolean }} Place  of a node's children */

const MAX_MODEL_LENGTH = 100;

/**
 * Builds a conversation from the tree of another product. Siblings become versions; the steps of one
 * answer (text, code, output) become one message. A missing parent, or one that is a descendant,
 * counts as none.
 * @param {string} product  part of the identifiers
 * @param {Tree} tree
 * @returns {Imported | undefined}  undefined if no message is visible
 */
export function toConversation(product, tree) {
  const id = `${product}-${stableId(tree.id)}`;
  const startedAt = tree.createdAt ?? tree.updatedAt ?? Date.now();
  /** @type {Map<string, Message>} */
  const messages = new Map();
  /** @type {Map<string, Message | undefined>} */
  const shownFor = new Map();
  let omitted = 0;
  walk(tree.nodes, (node, place) => {
    omitted += node.omitted ?? 0;
    const message = node.text?.trim() ? add(node, place) : place.message;
    shownFor.set(node.id, message);
    return message;
  });
  if (messages.size === 0) return undefined;
  const all = [...messages.values()];
  const parents = new Set(all.map(({ parent }) => parent));
  const newest = all
    .filter(({ id }) => !parents.has(id))
    .reduce((one, other) => (other.createdAt >= one.createdAt ? other : one));
  const selected = shownFor.get(tree.leaf ?? '') ?? newest;
  const question = all.find(({ role }) => role === 'user') ?? all[0];
  const named = typeof tree.title === 'string' ? titleOf(tree.title) : '';
  const conversation = {
    id,
    title: (named || titleOf(question.text)).toWellFormed(),
    createdAt: startedAt,
    updatedAt: tree.updatedAt ?? newest.createdAt,
    pinned: tree.pinned ?? false,
    leaf: selected.id,
    messages: Object.fromEntries(messages),
  };
  return {
    conversation: { ...conversation, leaf: newestLeaf(conversation, selected.id) },
    omitted,
  };

  /**
   * @param {Node} node
   * @param {Place} place
   * @returns {Message | undefined}
   */
  function add(node, { message: parent, isOnlyChild }) {
    const text = /** @type {string} */ (node.text).toWellFormed();
    const { role, model } = node;
    if (!role) return parent;
    if (role === 'assistant' && parent?.role === 'assistant' && isOnlyChild) {
      parent.text += `\n\n${text}`;
      if (model) parent.model = model.slice(0, MAX_MODEL_LENGTH);
      return parent;
    }
    const message = {
      id: `${product}-${stableId(tree.id, node.id)}`,
      conversation: id,
      parent: parent?.id ?? null,
      role,
      text,
      status: /** @type {const} */ ('complete'),
      createdAt: node.createdAt ?? parent?.createdAt ?? startedAt,
      ...(model && { model: model.slice(0, MAX_MODEL_LENGTH) }),
    };
    messages.set(message.id, message);
    return message;
  }
}

/**
 * Visits every node once, parents first, without recursion.
 * @param {Node[]} nodes
 * @param {(node: Node, place: Place) => Message | undefined} visit  returns the message that the
 *   children of the node continue
 */
function walk(nodes, visit) {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const parents = acyclicParents(byId);
  /** @type {Map<string | undefined, Node[]>} */
  const children = new Map();
  for (const node of byId.values()) {
    const parent = parents.get(node.id);
    const siblings = children.get(parent);
    if (siblings) siblings.push(node);
    else children.set(parent, [node]);
  }
  /** @type {{ node: Node, place: Place }[]} */
  const open = [];
  push(undefined, undefined, true);
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, place } = next;
    const message = visit(node, place);
    push(node.id, message, message !== place.message || place.isOnlyChild);
  }

  /**
   * @param {string | undefined} parent
   * @param {Message | undefined} message
   * @param {boolean} isLinear  no branch since the message
   */
  function push(parent, message, isLinear) {
    const siblings = children.get(parent) ?? [];
    const isOnlyChild = isLinear && siblings.length === 1;
    for (const node of siblings.toReversed()) open.push({ node, place: { message, isOnlyChild } });
  }
}

/**
 * The parent of each node, if it exists and is no descendant of it.
 * @param {Map<string, Node>} nodes
 */
function acyclicParents(nodes) {
  /** @type {Map<string, string | undefined>} */
  const parents = new Map();
  for (const start of nodes.values()) {
    const path = new Set();
    /** @type {Node | undefined} */
    let node = start;
    while (node && !parents.has(node.id)) {
      path.add(node.id);
      const parent = nodes.get(node.parent ?? '');
      const isMissing = !parent || path.has(parent.id);
      parents.set(node.id, isMissing ? undefined : parent.id);
      node = parent;
    }
  }
  return parents;
}
