import { progressed } from './conversation/conversation.js';

/** @import { Conversation, Summary } from './conversation/conversation.js' */
/** @import { Message } from './conversation/message.js' */
/** @import { Store } from './store/store.js' */
/** @typedef {{ conversations: Summary[], messages: Message[] }} Everything */

/**
 * The conversations of this browser: the list of them all, and whole those that were asked for.
 * What changes here is in the store a moment later. Knows nothing of how answers are written.
 * @param {Store} store
 */
export function conversations(store) {
  /** @type {Map<string, Summary>} */
  const summaries = new Map();
  /** @type {Map<string, Conversation>} */
  const whole = new Map();
  return {
    restore,
    list,
    get,
    load,
    keep,
    saveMessage,
    amend,
    remove,
    bringBack,
    everything,
    take,
  };

  /** Brings back the list of what the store knows. */
  async function restore() {
    for (const summary of await store.conversations()) summaries.set(summary.id, summary);
  }

  function list() {
    return [...summaries.values()];
  }

  /** The conversation, if it is known and was loaded. @param {string | undefined} id */
  function get(id) {
    return whole.get(id ?? '');
  }

  /** @param {string | undefined} id */
  async function load(id) {
    const summary = summaries.get(id ?? '');
    if (summary && !whole.has(summary.id)) {
      const messages = await store.messages(summary.id);
      if (!whole.has(summary.id)) whole.set(summary.id, revived(summary, messages));
    }
    return get(id);
  }

  /** Of a conversation that changed, what the list shows. @param {Conversation} next */
  function keep(next) {
    const { messages: _messages, ...summary } = next;
    whole.set(next.id, next);
    summaries.set(next.id, summary);
    store.saveConversation(summary);
  }

  /**
   * @param {Conversation} next
   * @param {string} message  the one that changed
   */
  function saveMessage(next, message) {
    whole.set(next.id, next);
    store.saveMessage(next.messages[message]);
  }

  /**
   * @param {string} id
   * @param {(summary: Summary) => Partial<Summary>} change
   */
  function amend(id, change) {
    const summary = summaries.get(id);
    if (!summary) return;
    const next = { ...summary, ...change(summary) };
    const before = whole.get(id);
    if (before) whole.set(id, { ...before, ...next });
    summaries.set(id, next);
    store.saveConversation(next);
  }

  /**
   * Deletes a conversation for good.
   * @param {string} id
   * @returns {Promise<() => void>}  takes it back, while the page is there
   */
  async function remove(id) {
    store.flush();
    const [removed, draft] = [await load(id), await store.draft(id)];
    if (!removed) return () => {};
    summaries.delete(id);
    whole.delete(id);
    store.remove(removed);
    store.flush();
    return () => bringBack(removed, draft);
  }

  /**
   * @param {Conversation} removed
   * @param {string} draft
   */
  function bringBack(removed, draft) {
    keep(removed);
    for (const message of Object.values(removed.messages)) store.saveMessage(message);
    if (draft) store.saveDraft({ conversation: removed.id, text: draft });
    store.flush();
  }

  /** Takes in conversations that come from a file. @param {Conversation[]} some */
  function take(some) {
    for (const each of some) {
      const here = Object.values(get(each.id)?.messages ?? {});
      const written = here.filter(({ status }) => status === 'streaming'); // goes on
      const messages = Object.fromEntries(written.map(message => [message.id, message]));
      bringBack({ ...each, messages: { ...each.messages, ...messages } }, '');
    }
  }

  /** What is stored, as it stands now. @returns {Promise<Everything>} */
  async function everything() {
    store.flush();
    return { conversations: await store.conversations(), messages: await store.allMessages() };
  }
}

/**
 * An answer the store holds as streaming belongs to a page that went away.
 * @param {Summary} summary
 * @param {Message[]} messages
 * @returns {Conversation}
 */
function revived(summary, messages) {
  /** @type {Conversation} */
  const stored = {
    ...summary,
    messages: Object.fromEntries(messages.map(message => [message.id, message])),
  };
  return messages
    .filter(({ status }) => status === 'streaming')
    .reduce((state, { id }) => progressed(state, { type: 'interrupted', id }), stored);
}
