/** @import { Conversation } from './conversation.js' */
/** @import { Message } from './message.js' */

/**
 * The messages that are shown, first to last.
 * @param {Conversation} conversation
 * @returns {Message[]}
 */
export function branch({ messages, leaf }) {
  const path = [];
  for (let at = messages[leaf ?? '']; at; at = messages[at.parent ?? '']) path.push(at);
  return path.reverse();
}

/**
 * All that could stand where this message stands, oldest first, itself among them.
 * @param {Conversation} conversation
 * @param {Message} message
 * @returns {Message[]}
 */
export function alternatives({ messages }, { parent, role }) {
  return Object.values(messages)
    .filter(message => message.parent === parent && message.role === role)
    .sort((one, other) => one.createdAt - other.createdAt);
}

/**
 * Where a branch through this message ends if the newest is chosen at each fork.
 * @param {Conversation} conversation
 * @param {string} id
 * @returns {string}
 */
export function newestLeaf(conversation, id) {
  const children = Object.values(conversation.messages).filter(({ parent }) => parent === id);
  if (children.length === 0) return id;
  const newest = children.reduce((one, other) => (other.createdAt >= one.createdAt ? other : one));
  return newestLeaf(conversation, newest.id);
}
