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
 */

/**
 * What outlives a reload. Where the browser has no database everything is empty, nothing is kept,
 * and `onLost` says so.
 * @param {Watchers} watchers
 * @param {() => Promise<IDBDatabase>} open
 */
export function store(watchers, open = database) {
  /** @type {IDBDatabase | undefined} */
  let db;
  const opened = connect();
  const behind = writeBehind(changes => {
    if (db) write(db, changes, watchers);
    else opened.then(() => db && write(db, changes, watchers));
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

  async function connect() {
    try {
      db = await open();
    } catch (cause) {
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

/**
 * @param {IDBDatabase} db
 * @param {Changes} changes
 * @param {Watchers} watchers
 */
function write(db, changes, { onLost, onKept }) {
  try {
    const kinds = [...new Set([...changes.values()].map(({ kind }) => kind))];
    const transaction = db.transaction(kinds, 'readwrite');
    transaction.onabort = () => onLost(transaction.error);
    transaction.oncomplete = () => onKept([...changes.values()]);
    for (const change of changes.values()) {
      const all = transaction.objectStore(change.kind);
      if ('record' in change) all.put(change.record);
      else all.delete(change.removed);
    }
    transaction.commit(); // without waiting for the last request's event, which a leaving page misses
  } catch (cause) {
    onLost(cause);
  }
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
