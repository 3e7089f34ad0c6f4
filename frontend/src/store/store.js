import { database } from './database.js';
import { writeBehind } from './write-behind.js';

/** @import { Conversation, Summary } from '../conversation/conversation.js' */
/** @import { Message } from '../conversation/message.js' */
/** @import { Changes, Kind } from './write-behind.js' */
/** @typedef {ReturnType<typeof store>} Store */
/** @typedef {{ conversation: string, text: string }} Draft */

/**
 * What outlives a reload. Where the browser has no database everything is empty, nothing is kept,
 * and `onLost` says so.
 * @param {(cause: unknown) => void} onLost  called when something could not be kept
 * @param {() => Promise<IDBDatabase>} open
 */
export function store(onLost, open = database) {
  /** @type {IDBDatabase | undefined} */
  let db;
  const opened = connect();
  const behind = writeBehind(changes => {
    if (db) write(db, changes, onLost);
    else opened.then(() => db && write(db, changes, onLost));
  });

  return {
    /** @returns {Promise<Summary[]>} */
    conversations: async () => (await ask('conversations', all => all.getAll())) ?? [],

    /** @param {string} id @returns {Promise<Message[]>} */
    messages: async id =>
      (await ask('messages', all => all.index('conversation').getAll(id))) ?? [],

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
      onLost(cause);
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
 * @param {(cause: unknown) => void} onLost
 */
function write(db, changes, onLost) {
  try {
    const kinds = [...new Set([...changes.values()].map(({ kind }) => kind))];
    const transaction = db.transaction(kinds, 'readwrite');
    transaction.onabort = () => onLost(transaction.error);
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
