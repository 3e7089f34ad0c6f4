import { withoutTrackedLinks } from './tracking.js';

/** @import { Attachment, Conversation, Message } from './conversation.js' */
/**
 * `attachments`: of a question, which the request has as parts of its content. `isContinuation`: the
 * page asks, not the user; only if some message has `attachments`, because it is not to be sent.
 * @typedef {object} PromptMessage
 * @property {'system' | 'user' | 'assistant'} role
 * @property {string} content
 * @property {Attachment[]} [attachments]
 * @property {true} [isContinuation]
 */

/**
 * The selected branch, from the first message to the leaf.
 * @param {Conversation} conversation
 * @returns {Message[]}
 */
export function branch({ messages, leaf }) {
  const path = [];
  for (let at = messages[leaf ?? '']; at; at = messages[at.parent ?? '']) path.push(at);
  return path.reverse();
}

/**
 * The input of the model: the selected branch without failed and empty messages. An answer whose
 * continuation failed is not a failed one.
 * @param {Conversation} conversation
 * @returns {PromptMessage[]}
 */
export function prompt(conversation) {
  return branch(conversation)
    .filter(isInPrompt)
    .map(({ role, text, attachments }) => ({
      role,
      content: role === 'assistant' ? withoutTrackedLinks(text) : text,
      ...(attachments && { attachments }),
    }));
}

/** @param {Message} message */
export function isInPrompt({ status, text, attachments, resumed }) {
  return (status !== 'failed' || resumed) && (attachments || text.trim() !== '');
}

/**
 * The leaf that is reached from a message by following its newest child.
 * @param {Conversation} conversation
 * @param {string} id
 * @returns {string}
 */
export function newestLeaf({ messages }, id) {
  /** @type {Map<string | null, Message>} */
  const newest = new Map();
  for (const message of Object.values(messages)) {
    const known = newest.get(message.parent);
    if (!known || message.createdAt >= known.createdAt) newest.set(message.parent, message);
  }
  let leaf = id;
  for (let next = newest.get(id); next; next = newest.get(leaf)) leaf = next.id;
  return leaf;
}
