import { answer, question } from './message.js';
import { title } from './title.js';

/** @import { Message, Usage } from './message.js' */
/** @import { Problem } from '../stream/failure.js' */

/**
 * What the list shows of a conversation.
 * @typedef {object} Summary
 * @property {string} id
 * @property {string} title
 * @property {number} createdAt
 * @property {number} updatedAt
 * @property {boolean} pinned
 * @property {string | null} leaf  the last message of the branch that is shown
 */

/**
 * A tree of messages. Nothing is ever taken away from it: a second answer or a changed question
 * is a sibling of the first.
 * @typedef {Summary & { messages: Record<string, Message> }} Conversation
 */

/**
 * @typedef {{ type: 'asked', question: string, answer: string, text: string, at: number }
 *   | { type: 'edited', of: string, question: string, answer: string, text: string, at: number }
 *   | { type: 'regenerated', of: string, answer: string, at: number }
 *   | { type: 'selected', leaf: string }} Choice  by the reader
 */

/**
 * @typedef {{ type: 'created', id: string, model: string, at: number }
 *   | { type: 'delta', id: string, text: string, at: number }
 *   | { type: 'completed', id: string, usage?: Usage, at: number }
 *   | { type: 'incomplete', id: string, reason: string, usage?: Usage, at: number }
 *   | { type: 'failed', id: string, problem: Problem, at: number }
 *   | { type: 'stopped', id: string, at: number }
 *   | { type: 'interrupted', id: string }} Progress  of the answer `id`
 */

/**
 * @param {{ id: string, at: number }} birth
 * @returns {Conversation}
 */
export function conversation({ id, at }) {
  return { id, title: '', createdAt: at, updatedAt: at, pinned: false, leaf: null, messages: {} };
}

/**
 * @param {Conversation} state
 * @param {Choice} choice
 * @returns {Conversation}
 */
export function chosen(state, choice) {
  switch (choice.type) {
    case 'asked':
      return asked(state, state.leaf, choice);
    case 'edited':
      return asked(state, state.messages[choice.of].parent, choice);
    case 'regenerated':
      return answering(state, state.messages[choice.of].parent ?? choice.of, choice);
    case 'selected':
      return { ...state, leaf: choice.leaf };
  }
}

/**
 * An answer that has ended keeps its ending, whatever still arrives for it.
 * @param {Conversation} state
 * @param {Progress} progress
 * @returns {Conversation}
 */
export function progressed(state, progress) {
  const message = state.messages[progress.id];
  if (message?.status !== 'streaming') return state;
  return put(state, { ...message, ...change(message, progress) });
}

/**
 * @param {Conversation} state
 * @param {string | null} parent
 * @param {{ question: string, answer: string, text: string, at: number }} choice
 */
function asked(state, parent, choice) {
  const { text, at } = choice;
  const next = put(state, question(state.id, parent, { id: choice.question, text, at }));
  return answering({ ...next, title: state.title || title(text) }, choice.question, choice);
}

/**
 * @param {Conversation} state
 * @param {string} parent
 * @param {{ answer: string, at: number }} choice
 */
function answering(state, parent, { answer: id, at }) {
  const next = put(state, answer(state.id, parent, { id, at }));
  return { ...next, leaf: id, updatedAt: at };
}

/**
 * @param {Message} message
 * @param {Progress} progress
 * @returns {Partial<Message>}
 */
function change(message, progress) {
  switch (progress.type) {
    case 'created':
      return { model: progress.model };
    case 'delta':
      return { text: message.text + progress.text, timings: firstText(message, progress.at) };
    case 'completed':
      return { status: 'complete', usage: progress.usage, timings: end(message, progress.at) };
    case 'incomplete':
      return {
        status: 'complete',
        cutShort: progress.reason,
        usage: progress.usage,
        timings: end(message, progress.at),
      };
    case 'failed':
      return { status: 'failed', problem: progress.problem, timings: end(message, progress.at) };
    case 'stopped':
      return { status: 'stopped', timings: end(message, progress.at) };
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
