/** @import { Attachment, Message } from '../conversation/conversation.js' */
/** @import { Accepted } from '../stream/capabilities.js' */
/** @typedef {{ role: string, attachments?: Attachment[], isContinuation?: true }} Sendable */

const MAX_TURNS = 2; // of the user; the provider counts each image again
const MAX_IMAGES = 4;
const MAX_PDFS = 1;

/**
 * Which attachments a request has: the newest images and the newest PDF of the last questions, but
 * none that was refused before, because one of those fails each request that has it.
 * @param {Sendable[]} messages  up to the question, or to the request to continue its answer
 * @param {{ accepts?: Accepted[], messages?: Record<string, Message> }} known  `messages`: all of the conversation
 * @returns {Set<Attachment>}
 */
export function sentAttachments(messages, { accepts = [], messages: all = {} }) {
  const refused = refusedIn(all);
  const candidates = messages
    .filter(isQuestion)
    .slice(-MAX_TURNS)
    .reverse()
    .flatMap(({ attachments = [] }) => attachments.toReversed())
    .filter(({ id }) => !refused.has(id));
  const images = candidates.filter(({ type }) => type === 'image').slice(0, MAX_IMAGES);
  const files = candidates.filter(({ type }) => type === 'pdf').slice(0, MAX_PDFS);
  return new Set([
    ...(accepts.includes('images') ? images : []),
    ...(accepts.includes('files') ? files : []),
  ]);
}

/** @param {Sendable} message */
export function isQuestion({ role, isContinuation }) {
  return role === 'user' && !isContinuation;
}

/**
 * The identifiers of the attachments that some request was refused for.
 * @param {Record<string, Message>} messages  of a conversation
 */
export function refusedIn(messages) {
  return new Set(Object.values(messages).flatMap(({ problem }) => problem?.refused ?? []));
}
