import { answer, question } from './message.js';
import { title } from './title.js';

/** @import { Message, Usage } from './message.js' */
/** @import { ErrorInfo } from '../stream/chat-error.js' */

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
 *   | { type: 'selected', leaf: string }} UserAction
 */

/**
 * @typedef {{ type: 'created', id: string, model: string, at: number }
 *   | { type: 'delta', id: string, text: string, at: number }
 *   | { type: 'completed', id: string, usage?: Usage, at: number }
 *   | { type: 'incomplete', id: string, reason: string, usage?: Usage, at: number }
 *   | { type: 'failed', id: string, problem: ErrorInfo, at: number }
 *   | { type: 'stopped', id: string, at: number }
 *   | { type: 'interrupted', id: string }} AnswerEvent  for the answer `id`
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
  return put(state, { ...message, ...change(message, event) });
}

/**
 * @param {Conversation} state
 * @param {string | null} parent
 * @param {{ question: string, answer: string, text: string, at: number }} action
 */
function asked(state, parent, action) {
  const { text, at } = action;
  const next = put(state, question(state.id, parent, { id: action.question, text, at }));
  return answering({ ...next, title: state.title || title(text) }, action.question, action);
}

/**
 * @param {Conversation} state
 * @param {string} parent
 * @param {{ answer: string, at: number }} action
 */
function answering(state, parent, { answer: id, at }) {
  const next = put(state, answer(state.id, parent, { id, at }));
  return { ...next, leaf: id, updatedAt: at };
}

/**
 * @param {Message} message
 * @param {AnswerEvent} event
 * @returns {Partial<Message>}
 */
function change(message, event) {
  switch (event.type) {
    case 'created':
      return { model: event.model };
    case 'delta':
      return { text: message.text + event.text, timings: firstText(message, event.at) };
    case 'completed':
      return { status: 'complete', usage: event.usage, timings: end(message, event.at) };
    case 'incomplete':
      return {
        status: 'complete',
        cutShort: event.reason,
        usage: event.usage,
        timings: end(message, event.at),
      };
    case 'failed':
      return { status: 'failed', problem: event.problem, timings: end(message, event.at) };
    case 'stopped':
      return { status: 'stopped', timings: end(message, event.at) };
    case 'interrupted':
      return { status: 'interrupted' };
  }
}

/**
 * @param {Message} message
 * @param {number} at
 */
function firstText({ timings, createdAt }, at) {
  return timings ?? { firstText: at - createdAt };
}

/**
 * @param {Message} message
 * @param {number} at
 */
function end({ timings, createdAt }, at) {
  return { ...timings, end: at - createdAt };
}

/**
 * @param {Conversation} state
 * @param {Message} message
 * @returns {Conversation}
 */
function put(state, message) {
  return { ...state, messages: { ...state.messages, [message.id]: message } };
}
