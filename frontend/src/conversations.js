import { branch, newestLeaf } from './conversation/branch.js';
import { applyUserAction, conversation as newConversation } from './conversation/conversation.js';
import { identifier } from './identifier.js';
import { listeners } from './listeners.js';
import { storedSetting } from './ui/stored-setting.js';
// With the page, because an answer would be lost whose module cannot be loaded.
import { isResumable, recover, withoutRun } from './unfinished-answer.js';

/** @import { Snapshot } from './conversation/archive.js' */
/** @import { Attachment, Choices, Conversation, Message, Summary } from './conversation/conversation.js' */
/** @import { Listeners } from './listeners.js' */
/** @import { Store } from './store/store.js' */
/** @import { TabSync } from './store/tab-sync.js' */
/** @import { Change } from './store/write-behind.js' */
/** @typedef {ReturnType<typeof conversations>} Conversations */
/** @typedef {{ message: Message, release: () => void }} Unread  `release`: of the answer's lock */

/**
 * The conversations of this browser: the list of all, and those that were loaded with their
 * messages. Saves local changes and applies those of other tabs. Has no notion of running answers.
 * @param {{ store: Store, tabs: TabSync }} dependencies
 */
export function conversations({ store, tabs }) {
  /** @type {Listeners<void>} */
  const changes = listeners();
  /** @type {Listeners<string>} */
  const removals = listeners();
  /** @type {Listeners<Conversation>} */
  const remoteRemovals = listeners();
  /** @type {Listeners<Unread>} */
  const unread = listeners();
  /** @type {Listeners<void>} */
  const clearings = listeners();
  /** @type {Set<string>} */
  const following = new Set(); // answers whose lock is awaited
  /** @type {Map<string, Summary>} */
  const summaries = new Map();
  /** @type {Map<string | undefined, Conversation>} */
  const loaded = new Map();
  /** @type {Summary[]} */
  let list = [];
  let revision = 0; // change sets received from other tabs
  const storedChoices = storedSetting('choices', '');
  /** @type {Choices} */
  let choices = {}; // for the next conversation
  try {
    choices = Object(JSON.parse(storedChoices.read()));
  } catch {
    // another page of this origin has stored something else
  }
  tabs.listen(onRemoteChanges);
  store.onCleared(onCleared);
  return {
    /** The same array until a summary changes. */
    list: () => list,
    /** The conversation, if it is loaded. */
    get: (/** @type {string | undefined} */ id) => loaded.get(id),
    /** What is chosen in a conversation, or without an id in the next one. */
    choices: (/** @type {string | undefined} */ id) => loaded.get(id) ?? choices,
    choose,
    create,
    load,
    loadList,
    followAll: () => [...loaded.values()].forEach(follow),
    save,
    saveMessage,
    attach,
    rename: (/** @type {string} */ id, /** @type {string} */ title) => amend(id, () => ({ title })),
    togglePin: (/** @type {string} */ id) => amend(id, ({ pinned }) => ({ pinned: !pinned })),
    select,
    remove,
    restore,
    exportAll,
    applyImport,
    flush: store.flush,
    onChange: changes.add,
    /** Before a conversation is removed, by this or another tab. */
    onRemove: removals.add,
    /** After another tab has removed a conversation that is loaded here. */
    onRemoteRemoval: remoteRemovals.add,
    /** After the browser has deleted conversations while the page was open. */
    onCleared: clearings.add,
    /** An answer can be resumed, and this tab has its lock. There is one listener. */
    onUnread: unread.add,
  };

  async function loadList() {
    for (const summary of await store.conversations()) summaries.set(summary.id, summary);
    publish();
  }

  function publish() {
    list = [...summaries.values()];
    changes.notify();
  }

  /** @param {string | undefined} id */
  async function load(id) {
    const known = loaded.get(id);
    const conversation = await read(id);
    if (conversation && !known) follow(conversation);
    return conversation;
  }

  /**
   * Nothing if no message can be read. Without the last one, the newest one ends the branch.
   * @param {string | undefined} id
   */
  async function read(id) {
    if (id === undefined || !summaries.has(id) || loaded.has(id)) return loaded.get(id);
    let before;
    let messages;
    do {
      before = revision;
      const stored = await store.messages(id);
      messages = stored && (await Promise.all(stored.map(one => recover(one, { store, tabs }))));
    } while (before !== revision);
    const summary = summaries.get(id);
    if (summary && messages && !loaded.has(id)) loaded.set(id, readable(summary, messages));
    return loaded.get(id);
  }

  /** Waits for the end of the answers that no run of this tab receives. @param {Conversation} conversation */
  function follow(conversation) {
    for (const message of messagesOf(conversation))
      if (message.status === 'streaming' && !following.has(message.id)) takeOver(message);
  }

  /**
   * Loads the state of an answer after the tab that streamed it. If it can be resumed, this tab goes
   * on: the others wait for the lock. One that could not be saved is as this tab knows it.
   * @param {Message} followed
   */
  async function takeOver({ id: answer, conversation }) {
    following.add(answer);
    const release = await tabs.lock(answer);
    const stored = await store.message(answer);
    following.delete(answer);
    const own = loaded.get(conversation)?.messages[answer];
    if (own?.status !== 'streaming') return release();
    const message = withoutRun(stored ?? own, store);
    onRemoteChanges([{ kind: 'messages', record: message }]);
    if (isResumable(message)) unread.notify({ message, release });
    else release();
  }

  /** @param {Change[]} received */
  function onRemoteChanges(received) {
    revision++;
    for (const change of received) {
      if (change.kind === 'messages' && 'record' in change)
        onRemoteMessage(/** @type {Message} */ (change.record));
    }
    for (const change of received) {
      if (change.kind !== 'conversations') continue;
      if ('removed' in change) onRemovedElsewhere(change.removed);
      else onRemoteSummary(/** @type {Summary} */ (change.record));
    }
    publish();
  }

  /** @param {Message} message */
  function onRemoteMessage(message) {
    const own = loaded.get(message.conversation);
    if (!own) return;
    const before = own.messages[message.id];
    const next = withMessages(own, [...messagesOf(own), message]);
    loaded.set(own.id, next);
    if (message.status === 'streaming' && before?.status !== 'streaming') follow(next);
  }

  /**
   * The branch that is selected here stays, unless the remote one continues it.
   * @param {Summary} summary
   */
  function onRemoteSummary(summary) {
    const { id } = summary;
    const own = loaded.get(id);
    const remoteBranch = own ? branch({ ...own, leaf: summary.leaf }) : [];
    const continues = !own?.leaf || remoteBranch.some(message => message.id === own.leaf);
    const next = continues ? summary : { ...summary, leaf: own.leaf };
    summaries.set(id, next);
    if (own) loaded.set(id, { ...own, ...next });
  }

  /** @param {string} id */
  function onRemovedElsewhere(id) {
    removals.notify(id);
    const removed = loaded.get(id);
    summaries.delete(id);
    if (!removed) return;
    loaded.delete(id);
    store.removeRest(id);
    remoteRemovals.notify(removed);
  }

  /**
   * Saves the summary and these messages.
   * @param {Conversation} next
   * @param {string[]} messages  ids
   */
  function save(next, messages) {
    const { messages: _messages, ...summary } = next;
    summaries.set(next.id, summary);
    loaded.set(next.id, next);
    store.saveConversation(summary);
    for (const id of messages) store.saveMessage(next.messages[id]);
    publish();
  }

  /**
   * Saves one message, of a conversation whose summary is unchanged.
   * @param {Conversation} next
   * @param {string} message  its id
   */
  function saveMessage(next, message) {
    loaded.set(next.id, next);
    store.saveMessage(next.messages[message]);
    changes.notify();
  }

  /**
   * Changes what is attached to a question.
   * @param {string} id  of the conversation
   * @param {string} question
   * @param {Attachment[]} attachments
   */
  function attach(id, question, attachments) {
    const before = loaded.get(id);
    if (!before) return;
    const changed = { ...before.messages[question], attachments };
    saveMessage(withMessages(before, [...messagesOf(before), changed]), question);
  }

  /**
   * @param {string} id
   * @param {(summary: Summary) => Partial<Summary>} change
   */
  function amend(id, change) {
    const summary = summaries.get(id);
    if (!summary) return;
    const next = { ...summary, ...change(summary) };
    const before = loaded.get(id);
    if (before) loaded.set(id, { ...before, ...next });
    summaries.set(id, next);
    store.saveConversation(next);
    publish();
  }

  /**
   * @param {string | undefined} id
   * @param {Choices} change
   */
  function choose(id, change) {
    if (id) return amend(id, () => change);
    keepChoices({ ...choices, ...change });
    changes.notify();
  }

  /** A new conversation, which is not saved yet, with what was chosen for it. @param {number} at */
  function create(at) {
    const created = { ...newConversation({ id: identifier(), at }), ...choices };
    keepChoices({});
    return created;
  }

  /** @param {Choices} next */
  function keepChoices(next) {
    choices = next;
    storedChoices.write(JSON.stringify(next));
  }

  /**
   * Selects the branch through a message.
   * @param {string | undefined} id
   * @param {string} message
   */
  function select(id, message) {
    const before = loaded.get(id);
    if (!before) return;
    save(applyUserAction(before, { type: 'selected', leaf: newestLeaf(before, message) }), []);
  }

  /**
   * @param {string[]} ids
   * @returns {Promise<() => void>}  undoes the removal
   */
  async function remove(...ids) {
    for (const id of ids) removals.notify(id);
    store.flush();
    const stored = ids.map(id =>
      Promise.all([read(id), store.draft(id), store.draftAttachments(id)]),
    );
    const removed = await Promise.all(stored);
    for (const [index, [conversation]] of removed.entries())
      forget(conversation ?? { id: ids[index], messages: {} });
    store.flush();
    publish();
    return () => {
      for (const [conversation, ...draft] of removed)
        if (conversation) restore(conversation, ...draft);
    };
  }

  /** @param {Pick<Conversation, 'id' | 'messages'>} conversation */
  function forget(conversation) {
    summaries.delete(conversation.id);
    loaded.delete(conversation.id);
    store.remove(conversation);
  }

  /**
   * @param {Conversation} removed
   * @param {string} [draft]
   * @param {Attachment[]} [attachments]  of the draft
   */
  function restore(removed, draft, attachments) {
    save(removed, Object.keys(removed.messages));
    follow(removed);
    if (draft) store.saveDraft({ conversation: removed.id, text: draft });
    if (attachments?.length) store.saveDraftAttachments(removed.id, attachments);
    store.flush();
  }

  /**
   * Applies an import, which has stored its conversations itself, here and in the other tabs.
   * @param {Change[]} changes
   */
  function applyImport(changes) {
    onRemoteChanges(changes);
    tabs.broadcast(changes);
  }

  /** Saves what is loaded after the browser has deleted the database. */
  function onCleared() {
    if (list.length === 0) return;
    summaries.clear();
    publish();
    for (const each of loaded.values()) restore(each);
    clearings.notify();
  }

  /** Also what could not be saved. @returns {Promise<Snapshot>} */
  async function exportAll() {
    store.flush();
    const stored = await store.allMessages();
    const messages = Object.values(byId([...stored, ...[...loaded.values()].flatMap(messagesOf)]));
    return { conversations: list, messages };
  }
}

/**
 * @param {Summary} summary
 * @param {Message[]} messages
 * @returns {Conversation}
 */
function withMessages(summary, messages) {
  return { ...summary, messages: byId(messages) };
}

/**
 * @param {Summary} summary
 * @param {Message[]} messages  perhaps not all
 */
function readable(summary, messages) {
  const { id: leaf } = messages.find(({ id }) => id === summary.leaf) ??
    messages.toSorted((a, b) => a.createdAt - b.createdAt).at(-1) ?? { id: null };
  return withMessages({ ...summary, leaf }, messages);
}

/** @param {Message[]} messages  of two with the same id the last one counts */
function byId(messages) {
  return Object.fromEntries(messages.map(one => [one.id, one]));
}

/** @param {Conversation} conversation */
function messagesOf({ messages }) {
  return Object.values(messages);
}
