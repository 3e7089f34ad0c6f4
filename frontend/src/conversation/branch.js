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
 * Finds all that could stand where a message stands, oldest first, itself among them. An answer
 * that ended without a word is not worth turning to.
 * @param {Conversation} conversation
 * @returns {(message: Message) => Message[]}
 */
export function alternatives({ messages }) {
  /** @type {Map<string | null, Message[]>} */
  const children = new Map();
  for (const message of Object.values(messages)) {
    const siblings = children.get(message.parent);
    if (siblings) siblings.push(message);
    else children.set(message.parent, [message]);
  }
  return message =>
    (children.get(message.parent) ?? [])
      .filter(other => other === message || (other.role === message.role && saysSomething(other)))
      .sort((one, other) => one.createdAt - other.createdAt);
}

/** @param {Message} message */
function saysSomething({ text, status }) {
  return text !== '' || status === 'streaming';
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
