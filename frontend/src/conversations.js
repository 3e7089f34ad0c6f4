import { branch } from './conversation/branch.js';

/** @import { Conversation, Summary } from './conversation/conversation.js' */
/** @import { Message } from './conversation/message.js' */
/** @import { OtherTabs } from './store/tab-sync.js' */
/** @import { Store } from './store/store.js' */
/** @import { Change } from './store/write-behind.js' */
/** @typedef {{ conversations: Summary[], messages: Message[] }} Everything */

/**
 * @typedef {object} Parts
 * @property {Store} store
 * @property {OtherTabs} tabs
 * @property {() => void} onChange  in another tab
 * @property {(removed: Conversation) => void} onRemoved  by another tab, but loaded here
 */

/**
 * The conversations of this browser: the list of them all, and whole those that were asked for.
 * What changes here is in the store a moment later, and what changes in another tab is here. Knows
 * nothing of how answers are written.
 * @param {Parts} parts
 */
export function conversations({ store, tabs, onChange, onRemoved }) {
  /** @type {Map<string, Summary>} */
  const summaries = new Map();
  /** @type {Map<string, Conversation>} */
  const whole = new Map();
  let heard = 0; // how often something came from another tab
  tabs.listen(hear);
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
    saveAgain,
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
    if (id === undefined || !summaries.has(id) || whole.has(id)) return get(id);
    let before;
    let messages;
    do {
      before = heard;
      messages = await Promise.all((await store.messages(id)).map(revived));
    } while (before !== heard);
    const summary = summaries.get(id);
    if (summary && !whole.has(id)) whole.set(id, withMessages(summary, messages));
    return get(id);
  }

  /**
   * An answer the store holds as streaming belongs to another tab, or to one that went away.
   * @param {Message} message
   * @returns {Promise<Message>}
   */
  async function revived(message) {
    if (message.status !== 'streaming') return message;
    if (!(await tabs.isHeld(message.id))) return { ...message, status: 'interrupted' };
    watch(message.id);
    return message;
  }

  /** Takes over how an answer of another tab ends. @param {string} answer */
  async function watch(answer) {
    await tabs.ended(answer);
    const stored = await store.message(answer);
    if (stored) hear([{ kind: 'messages', record: await revived(stored) }]);
  }

  /** @param {Change[]} changes  in another tab */
  function hear(changes) {
    heard++;
    for (const change of changes) {
      if (change.kind === 'messages' && 'record' in change)
        hearMessage(/** @type {Message} */ (change.record));
    }
    for (const change of changes) {
      if (change.kind !== 'conversations') continue;
      if ('removed' in change) hearRemoval(change.removed);
      else hearSummary(/** @type {Summary} */ (change.record));
    }
    onChange();
  }

  /** @param {Message} message */
  function hearMessage(message) {
    const mine = whole.get(message.conversation);
    if (!mine) return;
    const before = mine.messages[message.id];
    if (message.status === 'streaming' && before?.status !== 'streaming') watch(message.id);
    whole.set(mine.id, withMessages(mine, [...Object.values(mine.messages), message]));
  }

  /**
   * What is shown here stays, unless what is shown there goes on from it.
   * @param {Summary} summary
   */
  function hearSummary(summary) {
    const { id } = summary;
    const mine = whole.get(id);
    const ahead = mine ? branch({ ...mine, leaf: summary.leaf }) : [];
    const goesOn = !mine?.leaf || ahead.some(message => message.id === mine.leaf);
    const next = goesOn ? summary : { ...summary, leaf: mine.leaf };
    summaries.set(id, next);
    if (mine) whole.set(id, { ...mine, ...next });
  }

  /** @param {string} id */
  function hearRemoval(id) {
    const removed = whole.get(id);
    summaries.delete(id);
    whole.delete(id);
    if (!removed) return;
    store.remove(removed); // of its messages the other tab may not know all
    onRemoved(removed);
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

  /** After the browser has cleared the store: what is here whole is all there is. */
  function saveAgain() {
    summaries.clear();
    for (const each of whole.values()) bringBack(each, '');
  }

  /** What is stored, as it stands now. @returns {Promise<Everything>} */
  async function everything() {
    store.flush();
    return { conversations: await store.conversations(), messages: await store.allMessages() };
  }
}

/**
 * @param {Summary} summary
 * @param {Message[]} messages  of the same one the last
 * @returns {Conversation}
 */
function withMessages(summary, messages) {
  return { ...summary, messages: Object.fromEntries(messages.map(one => [one.id, one])) };
}
