/** @import { Problem } from '../stream/failure.js' */

/**
 * `streaming` becomes one of the others, and those never change.
 * `stopped` is the reader's wish, `interrupted` a page that went away, `failed` anyone's fault.
 * @typedef {'streaming' | 'complete' | 'stopped' | 'interrupted' | 'failed'} Status
 */

/**
 * What the model counted, as the Responses API names it.
 * @typedef {{ input_tokens?: number, output_tokens?: number, total_tokens?: number }} Usage
 */

/**
 * One turn, and a node of its conversation's tree. Times are epoch milliseconds, timings
 * milliseconds since the question was sent.
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
 * @property {string} [cutShort]  why the model ended before it was done
 * @property {Problem} [problem]
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
