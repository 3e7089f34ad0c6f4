import { branch } from './branch.js';

/** @import { Conversation } from './conversation.js' */
/** @typedef {{ role: 'user' | 'assistant', content: string }} PromptMessage */

/**
 * What the model is told: the shown branch without the answers that failed or say nothing yet.
 * @param {Conversation} conversation
 * @returns {PromptMessage[]}
 */
export function prompt(conversation) {
  return branch(conversation)
    .filter(({ status, text }) => status !== 'failed' && text.trim() !== '')
    .map(({ role, text }) => ({ role, content: text }));
}
