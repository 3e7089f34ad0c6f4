/** @import { ErrorInfo } from '../stream/chat-error.js' */

/**
 * `streaming` changes to one of the final states. `stopped`: by the user; `interrupted`: the page
 * was closed; `failed`: an error.
 * @typedef {'streaming' | 'complete' | 'stopped' | 'interrupted' | 'failed'} Status
 */

/**
 * Token counts, as the Responses API names them.
 * @typedef {{ input_tokens?: number, output_tokens?: number, total_tokens?: number }} Usage
 */

/**
 * A node of the message tree, stored as one record. Times are epoch milliseconds, timings are
 * milliseconds since the question was sent. Stored field names cannot change.
 * @typedef {object} Message
 * @property {string} id
 * @property {string} conversation
 * @property {string | null} parent
 * @property {'user' | 'assistant'} role
 * @property {string} text
 * @property {Status} status
 * @property {number} createdAt
 * @property {string} [model]
 * @property {Usage} [usage]
 * @property {{ firstText?: number, end?: number }} [timings]
 * @property {string} [cutShort]  the reason of an incomplete response
 * @property {ErrorInfo} [problem]
 */

/**
 * @param {string} conversation
 * @param {string | null} parent
 * @param {{ id: string, text: string, at: number }} question
 * @returns {Message}
 */
export function question(conversation, parent, { id, text, at }) {
  return { id, conversation, parent, role: 'user', text, status: 'complete', createdAt: at };
}

/**
 * @param {string} conversation
 * @param {string} parent  the question
 * @param {{ id: string, at: number }} answer
 * @returns {Message}
 */
export function answer(conversation, parent, { id, at }) {
  return {
    id,
    conversation,
    parent,
    role: 'assistant',
    text: '',
    status: 'streaming',
    createdAt: at,
  };
}
