/** @import { Conversation, Message } from './conversation.js' */

/**
 * Finds the versions of a message (siblings with the same role, including itself), oldest first.
 * Finished messages without text are left out.
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
      .filter(other => other === message || (other.role === message.role && hasContent(other)))
      .sort((one, other) => one.createdAt - other.createdAt);
}

/** @param {Message} message */
function hasContent({ text, attachments, status }) {
  return text !== '' || attachments || status === 'streaming';
}
