import { title } from './title.js';

/** @import { ErrorInfo } from '../stream/chat-error.js' */
/** @import { StreamEvent } from '../stream/gateway.js' */

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
 * @property {Resumption} [resumed]  the last time that the answer was continued
 * @property {boolean} [waking]  the request waits for the chat service to start
 */

/** @typedef {{ at: number, length: number }} Resumption  `length`: characters before it */

/**
 * The part of a conversation that the list needs, stored as one record.
 * @typedef {object} Summary
 * @property {string} id
 * @property {string} title
 * @property {number} createdAt
 * @property {number} updatedAt
 * @property {boolean} pinned
 * @property {string | null} leaf  last message of the selected branch
 */

/**
 * A tree of messages. Messages are never removed: a regenerated answer or an edited question is a
 * sibling of the first one.
 * @typedef {Summary & { messages: Record<string, Message> }} Conversation
 */

/**
 * @typedef {{ type: 'asked', question: string, answer: string, text: string, at: number }
 *   | { type: 'edited', of: string, question: string, answer: string, text: string, at: number }
 *   | { type: 'regenerated', of: string, answer: string, at: number }
 *   | { type: 'continued', answer: string, at: number }
 *   | { type: 'selected', leaf: string }} UserAction
 */

/**
 * @typedef {((StreamEvent | { type: 'failed', problem: ErrorInfo } | { type: 'stopped' })
 *   & { id: string, at: number }) | { type: 'interrupted', id: string }} AnswerEvent  for the answer
 *   `id`
 */

/**
 * @param {{ id: string, at: number }} creation
 * @returns {Conversation}
 */
export function conversation({ id, at }) {
  return { id, title: '', createdAt: at, updatedAt: at, pinned: false, leaf: null, messages: {} };
}

/**
 * @param {Conversation} state
 * @param {UserAction} action
 * @returns {Conversation}
 */
export function applyUserAction(state, action) {
  switch (action.type) {
    case 'asked':
      return asked(state, state.leaf, action);
    case 'edited':
      return asked(state, state.messages[action.of].parent, action);
    case 'regenerated':
      return answering(state, state.messages[action.of].parent ?? action.of, action);
    case 'continued':
      return continued(state, action);
    case 'selected':
      return { ...state, leaf: action.leaf };
  }
}

/**
 * Events for an answer that is no longer streaming are ignored.
 * @param {Conversation} state
 * @param {AnswerEvent} event
 * @returns {Conversation}
 */
export function applyAnswerEvent(state, event) {
  const message = state.messages[event.id];
  if (message?.status !== 'streaming') return state;
  const { waking: _waking, ...rest } = message;
  return put(state, { ...rest, ...change(message, event) });
}

/** Whether the model has written nothing since it was asked. @param {Message} message */
export function isWaiting({ status, text, resumed }) {
  return status === 'streaming' && text.length === (resumed?.length ?? 0);
}

/**
 * @param {Conversation} state
 * @param {string | null} parent
 * @param {{ question: string, answer: string, text: string, at: number }} action
 */
function asked(state, parent, action) {
  const { question: id, text, at } = action;
  const place = { conversation: state.id, parent, createdAt: at };
  const next = put(state, { id, ...place, role: 'user', text, status: 'complete' });
  return answering({ ...next, title: state.title || title(text) }, id, action);
}

/**
 * @param {Conversation} state
 * @param {string} parent
 * @param {{ answer: string, at: number }} action
 */
function answering(state, parent, { answer: id, at }) {
  const place = { conversation: state.id, parent, createdAt: at };
  const next = put(state, { id, ...place, role: 'assistant', text: '', status: 'streaming' });
  return { ...next, leaf: id, updatedAt: at };
}

/**
 * The answer streams again, after its text. Its timings would be those of two requests.
 * @param {Conversation} state
 * @param {{ answer: string, at: number }} action
 */
function continued(state, { answer, at }) {
  const {
    cutShort: _cutShort,
    problem: _problem,
    timings: _timings,
    ...rest
  } = state.messages[answer];
  const resumed = { at, length: rest.text.length };
  return { ...put(state, { ...rest, status: 'streaming', resumed }), updatedAt: at };
}

/**
 * @param {Message} message
 * @param {AnswerEvent} event
 * @returns {Partial<Message>}
 */
function change(message, event) {
  const { text, resumed } = message;
  const elapsed = 'at' in event && !resumed ? event.at - message.createdAt : undefined;
  const timings = message.timings ?? (elapsed === undefined ? undefined : { firstText: elapsed });
  const ended = elapsed === undefined ? {} : { timings: { ...message.timings, end: elapsed } };
  switch (event.type) {
    case 'waking':
      return { waking: true };
    case 'created':
      return { model: event.model };
    case 'delta':
      return { text: text + event.text, ...(timings && { timings }) };
    case 'completed':
      return { status: 'complete', usage: sum(message.usage, event.usage), ...ended };
    case 'incomplete':
      return {
        status: 'complete',
        cutShort: event.reason,
        usage: sum(message.usage, event.usage),
        ...ended,
      };
    case 'failed':
      return { status: 'failed', problem: event.problem, ...ended };
    case 'stopped':
      return { status: 'stopped', ...ended };
    case 'interrupted':
      return { status: 'interrupted' };
  }
}

/**
 * The usage of an answer and of its continuation.
 * @param {Usage | undefined} one
 * @param {Usage | undefined} other
 * @returns {Usage | undefined}
 */
function sum(one, other) {
  if (!one || !other) return other ?? one;
  const counts = /** @type {const} */ (['input_tokens', 'output_tokens', 'total_tokens']);
  return Object.fromEntries(counts.map(name => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}

/**
 * @param {Conversation} state
 * @param {Message} message
 * @returns {Conversation}
 */
function put(state, message) {
  return { ...state, messages: { ...state.messages, [message.id]: message } };
}
