import { branch } from './branch.js';

/** @import { Conversation } from './conversation.js' */
/** @import { Message } from './message.js' */

/**
 * The shown branch of a conversation as a document.
 * @param {Conversation} conversation
 * @param {Record<Message['role'], string>} names  of those who speak
 */
export function exportMarkdown(conversation, names) {
  const turns = branch(conversation)
    .filter(({ text }) => text.trim() !== '')
    .map(({ role, text }) => `## ${names[role]}\n\n${text.trim()}\n`);
  return [`# ${conversation.title}\n`, ...turns].join('\n');
}
