import { title } from './title.js';

/** @import { Activity } from './activity.js' */
/** @import { ErrorInfo } from '../stream/chat-error.js' */
/** @import { StreamEvent } from '../stream/gateway.js' */

/**
 * `streaming` changes to one of the final states. `stopped`: by the user; `interrupted`: the page
 * was closed; `failed`: an error.
 * @typedef {'streaming' | 'complete' | 'stopped' | 'interrupted' | 'failed'} Status
 */

/**
 * Token counts, as the Responses API names them.
 * @typedef {{ input_tokens?: number, output_tokens?: number, total_tokens?: number, output_tokens_details?: { reasoning_tokens?: number } }} Usage
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
 * @property {Attachment[]} [attachments]  of a question; empty after the last one was taken out
 * @property {Activity} [activity]  reasoning, searches, sources
 * @property {Usage} [usage]
 * @property {{ firstText?: number, end?: number }} [timings]
 * @property {string} [cutShort]  the reason of an incomplete response
 * @property {ErrorInfo} [problem]
 * @property {Continuation} [resumed]  the last time that the answer was continued
 * @property {number} [restarted]  characters that stayed when another model began the answer again
 * @property {boolean} [waking]  the request waits for the chat service to start
 * @property {boolean} [reconnecting]  the connection was lost more than a moment ago
 * @property {Resumable} [resumable]  while it streams, and the gateway keeps it
 */

/**
 * An image or a PDF of a question. Its bytes are stored with the message: the browser keeps a Blob
 * outside the record, so that reading all messages for a search does not read them.
 * @typedef {object} Attachment
 * @property {string} id
 * @property {'image' | 'pdf'} type
 * @property {string} name  of the file
 * @property {Blob} blob  its type is that of its bytes
 * @property {number} [width]  of an image
 * @property {number} [height]
 * @property {number} [pages]  of a PDF, if known
 * @property {string} [alt]  the user's description of an image
 */

/**
 * `length`: characters before it; `activity`: before it.
 * @typedef {{ at: number, length: number, activity?: Activity }} Continuation
 */

/**
 * How an answer can be read from where its text ends. Only `key` gives access to it.
 * @typedef {object} Resumable
 * @property {string} key
 * @property {number} last  number of the last event that is in the text; -1 before the first one
 * @property {number} at  when the gateway was last heard of
 */

/**
 * What the user has chosen for the answers of a conversation. `model`: by default the gateway's first
 * one; `instructions`: for the model; `webSearch`: whether it may search the web.
 * @typedef {{ model?: string, instructions?: string, webSearch?: boolean }} Choices
 */

/**
 * The part of a conversation that the list needs, stored as one record.
 * @typedef {Choices & StoredSummary} Summary
 */

/**
 * @typedef {object} StoredSummary
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
 * What the user does. `key`: with which the answer can be resumed.
 * @typedef {{ type: 'selected', leaf: string }
 *   | ({ answer: string, at: number, key?: string }
 *   & ({ type: 'asked', question: string, text: string, attachments?: Attachment[] }
 *   | { type: 'edited', of: string, question: string, text: string }
 *   | { type: 'regenerated', of: string }
 *   | { type: 'continued' }))} UserAction
 */

/**
 * `suspended`: the page is being closed, and the answer can be resumed.
 * @typedef {{ type: 'failed', problem: ErrorInfo } | { type: 'stopped' } | { type: 'suspended' }} Ending
 */

/**
 * @typedef {((StreamEvent | Ending) & { id: string, at: number })
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
      return asked(state, state.messages[action.of].parent, {
        attachments: state.messages[action.of].attachments,
        ...action,
      });
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
  const { waking: _waking, reconnecting: _reconnecting, ...rest } = message;
  return put(state, withPosition({ ...rest, ...change(message, event) }, event));
}

/** Whether the model has written nothing since it was asked. @param {Message} message */
export function isWaiting({ status, text, resumed }) {
  return status === 'streaming' && text.length === (resumed?.length ?? 0);
}

/**
 * Whether the model does something else than writing: since then it has written nothing.
 * @param {Message} message
 */
export function isActing({ status, text, activity, resumed, createdAt }) {
  const isOfRequest = activity?.since === (resumed?.at ?? createdAt);
  return status === 'streaming' && isOfRequest && activity?.length === text.length;
}

/**
 * @param {Conversation} state
 * @param {string | null} parent
 * @param {Extract<UserAction, { type: 'asked' }> | Extract<UserAction, { type: 'edited' }> & {
 *   attachments?: Attachment[] }} action
 */
function asked(state, parent, action) {
  const { question: id, text, attachments, at } = action;
  const content = { text, ...(attachments && { attachments }) };
  const place = { conversation: state.id, parent, createdAt: at };
  const next = put(state, { id, ...place, role: 'user', ...content, status: 'complete' });
  const subject = text || (attachments?.[0]?.name ?? '');
  return answering({ ...next, title: state.title || title(subject) }, id, action);
}

/**
 * @param {Conversation} state
 * @param {string} parent
 * @param {{ answer: string, at: number, key?: string }} action
 */
function answering(state, parent, { answer: id, at, key }) {
  const place = { conversation: state.id, parent, createdAt: at };
  const content = { ...place, text: '', ...request(key, at) };
  const next = put(state, { id, ...content, role: 'assistant', status: 'streaming' });
  return { ...next, leaf: id, updatedAt: at };
}

/**
 * @param {string | undefined} key
 * @param {number} at
 */
function request(key, at) {
  return key ? { resumable: { key, last: -1, at } } : {};
}

/**
 * The answer streams again, after its text. Its timings would be those of two requests.
 * @param {Conversation} state
 * @param {{ answer: string, at: number, key?: string }} action
 */
function continued(state, { answer, at, key }) {
  const {
    cutShort: _cutShort,
    problem: _problem,
    timings: _timings,
    ...rest
  } = state.messages[answer];
  const resumed = { at, length: rest.text.length, activity: rest.activity };
  const next = put(state, { ...rest, status: 'streaming', resumed, ...request(key, at) });
  return { ...next, updatedAt: at };
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
    case 'reconnecting':
      return { [event.type]: true };
    case 'keyed':
      return request(event.key, event.at);
    case 'connected':
    case 'suspended':
      return {};
    case 'created':
      return { model: event.model };
    case 'restarted': {
      const kept = resumed?.length ?? 0;
      const begun = { text: text.slice(0, kept), model: event.model, restarted: kept };
      return { ...begun, activity: resumed?.activity, timings: undefined };
    }
    case 'delta':
      return { text: text + event.text, ...(timings && { timings }) };
    case 'activity':
      return { activity: event.activity(message, event.at) };
    case 'completed':
      return { status: 'complete', usage: sum(message.usage, event.usage), ...ended };
    case 'incomplete':
      // Of an answer that can be resumed, it is also the end that Stop leads to.
      if (event.reason === 'cancelled' && message.resumable) return { status: 'stopped', ...ended };
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
 * Keeps what is needed to resume the answer: with its text, so that both are stored in one record.
 * @param {Message} message
 * @param {AnswerEvent} event
 * @returns {Message}
 */
function withPosition({ resumable, ...message }, event) {
  const refused = event.type === 'created' && !event.resumable;
  if (!resumable || message.status !== 'streaming' || refused) return message;
  const number = 'number' in event ? event.number : undefined;
  if (!('at' in event) || (number === undefined && event.type !== 'suspended'))
    return { ...message, resumable };
  const { last } = resumable;
  return { ...message, resumable: { ...resumable, last: number ?? last, at: event.at } };
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
