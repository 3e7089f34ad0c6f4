import { database } from './database.js';
import { writeBehind } from './write-behind.js';

/** @import { Conversation, Summary } from '../conversation/conversation.js' */
/** @import { Message } from '../conversation/message.js' */
/** @import { Change, Changes, Kind } from './write-behind.js' */
/** @typedef {ReturnType<typeof store>} Store */
/** @typedef {{ conversation: string, text: string }} Draft */

/**
 * @typedef {object} Watchers
 * @property {(cause: unknown) => void} onLost  called when something could not be kept
 * @property {(changes: Change[]) => void} onKept  called when it was
 * @property {() => void} onCleared  called when the browser has thrown away all that was kept
 */

const pause = 500; // milliseconds

/**
 * What outlives a reload. Where the browser has no database everything is empty, nothing is kept,
 * and `onLost` says so.
 * @param {Watchers} watchers
 * @param {() => Promise<IDBDatabase>} open
 */
export function store(watchers, open = database) {
  /** @type {IDBDatabase | undefined} */
  let db;
  let opened = connect();
  const behind = writeBehind(changes => {
    if (db) write(db, changes);
    else opened.then(() => (db ? write(db, changes) : behind.again(changes)));
  });

  return {
    /** @returns {Promise<Summary[]>} */
    conversations: async () => (await ask('conversations', all => all.getAll())) ?? [],

    /** @param {string} id @returns {Promise<Message[]>} */
    messages: async id =>
      (await ask('messages', all => all.index('conversation').getAll(id))) ?? [],

    /** @param {string} id @returns {Promise<Message | undefined>} */
    message: id => ask('messages', all => all.get(id)),

    /** Of all conversations. @returns {Promise<Message[]>} */
    allMessages: async () => (await ask('messages', all => all.getAll())) ?? [],

    /** @param {string} conversation @returns {Promise<string>} */
    draft: async conversation => (await ask('drafts', all => all.get(conversation)))?.text ?? '',

    /** @param {Summary} summary */
    saveConversation: summary => behind.put('conversations', summary.id, summary),

    /** @param {Message} message */
    saveMessage: message => behind.put('messages', message.id, message),

    /** @param {Draft} draft */
    saveDraft: draft => behind.put('drafts', draft.conversation, draft),

    /** @param {Conversation} conversation */
    remove: ({ id, messages }) => {
      behind.remove('conversations', id);
      behind.remove('drafts', id);
      for (const message of Object.keys(messages)) behind.remove('messages', message);
    },

    flush: behind.flush,
  };

  /** @param {number} [tries]  of which only the last may fail */
  async function connect(tries = 1) {
    try {
      db = await open();
      db.onclose = reopen;
    } catch (cause) {
      if (tries === 1) return watchers.onLost(cause);
      await new Promise(resolve => setTimeout(resolve, pause));
      await connect(tries - 1);
    }
  }

  /** The browser closed the database, as it does when it clears it, which may take a while. */
  function reopen() {
    db = undefined;
    opened = connect(20);
    watchers.onCleared();
  }

  /**
   * Removals go first and alone: where there is no room for the rest they make it.
   * @param {IDBDatabase} db
   * @param {Changes} changes
   */
  function write(db, changes) {
    const all = [...changes];
    for (const part of [all.filter(isRemoval), all.filter(change => !isRemoval(change))])
      if (part.length > 0) writePart(db, new Map(part));
  }

  /**
   * @param {IDBDatabase} db
   * @param {Changes} changes
   */
  function writePart(db, changes) {
    try {
      const transaction = transact(db, changes);
      transaction.oncomplete = () => watchers.onKept([...changes.values()]);
      transaction.onabort = () => lost(transaction.error);
    } catch (cause) {
      lost(cause);
    }

    /** @param {unknown} cause */
    function lost(cause) {
      behind.again(changes);
      watchers.onLost(cause);
    }
  }

  /**
   * @template T
   * @param {Kind} kind
   * @param {(all: IDBObjectStore) => IDBRequest<T>} question
   */
  async function ask(kind, question) {
    await opened;
    return db && result(question(db.transaction(kind).objectStore(kind)));
  }
}

/** @param {[string, Change]} entry */
function isRemoval([, change]) {
  return 'removed' in change;
}

/**
 * @param {IDBDatabase} db
 * @param {Changes} changes
 */
function transact(db, changes) {
  const kinds = [...new Set([...changes.values()].map(({ kind }) => kind))];
  const transaction = db.transaction(kinds, 'readwrite');
  for (const change of changes.values()) {
    const all = transaction.objectStore(change.kind);
    if ('record' in change) all.put(change.record);
    else all.delete(change.removed);
  }
  transaction.commit(); // without waiting for the last request's event, which a leaving page misses
  return transaction;
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
