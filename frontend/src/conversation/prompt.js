import { branch } from './branch.js';

/** @import { Conversation } from './conversation.js' */
/** @typedef {{ role: 'user' | 'assistant', content: string }} PromptMessage */

/**
 * The input of the model: the selected branch without failed and empty messages.
 * @param {Conversation} conversation
 * @returns {PromptMessage[]}
 */
export function prompt(conversation) {
  return branch(conversation)
    .filter(({ status, text }) => status !== 'failed' && text.trim() !== '')
    .map(({ role, text }) => ({ role, content: text }));
}
