import { branch } from './branch.js';

/** @import { Conversation, Message } from './conversation.js' */

/**
 * Exports the selected branch as a Markdown document.
 * @param {Conversation} conversation
 * @param {Record<Message['role'], string>} names  heading of each role
 */
export function exportMarkdown(conversation, names) {
  const turns = branch(conversation)
    .filter(({ text }) => text.trim() !== '')
    .map(({ role, text }) => `## ${names[role]}\n\n${text.trim()}\n`);
  return [`# ${conversation.title}\n`, ...turns].join('\n');
}
