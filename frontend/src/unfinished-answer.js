/** @import { Message } from './conversation/conversation.js' */
/** @import { Store } from './store/store.js' */
/** @import { TabSync } from './store/tab-sync.js' */

const MAX_RESUME_AGE_MS = 180_000; // the gateway keeps an answer for 20 s and two minutes

/**
 * A stored message that is streaming belongs to another tab, or to one that was closed. Without
 * Web Locks it cannot be resumed, because another tab may be streaming it.
 * @param {Message} message  as it is stored
 * @param {{ store: Store, tabs: TabSync }} dependencies
 * @returns {Promise<Message>}
 */
export async function recover(message, { store, tabs }) {
  if (message.status !== 'streaming') return message;
  const locked = await tabs.isLocked(message.id);
  if (locked === false) return withoutRun(message, store);
  return locked ? message : interrupted(message);
}

/**
 * A message that no tab receives: a streaming one that cannot be resumed is interrupted, and its key
 * is removed from the database.
 * @param {Message} message
 * @param {Store} store
 */
export function withoutRun(message, store) {
  if (message.status !== 'streaming' || isResumable(message)) return message;
  const ended = interrupted(message);
  if (message.resumable) store.saveMessage(ended);
  return ended;
}

/** Whether the gateway may still have the rest of a stored answer. @param {Message} message */
export function isResumable({ status, resumable }) {
  if (status !== 'streaming' || !resumable) return false;
  return Math.abs(Date.now() - resumable.at) <= MAX_RESUME_AGE_MS;
}

/** @param {Message} message @returns {Message} */
function interrupted({ waking: _waking, reconnecting: _reconnecting, ...message }) {
  const { resumable: _resumable, ...rest } = message;
  return { ...rest, status: 'interrupted' };
}
