import { listeners } from '../listeners.js';
import { database } from './database.js';
import { draftJournal } from './draft-journal.js';
import { result } from './result.js';
import { writeBehind } from './write-behind.js';

/** @import { Attachment, Conversation, Message, Summary } from '../conversation/conversation.js' */
/** @import { Listeners } from '../listeners.js' */
/** @import { Draft } from './draft-journal.js' */
/** @import { Change, Changes, Kind } from './write-behind.js' */
/** @typedef {ReturnType<typeof store>} Store */

const REOPEN_DELAY_MS = 500;
const REOPEN_ATTEMPTS = 20;

/**
 * IndexedDB persistence. Without a database every read is empty, nothing is saved, and `onError`
 * reports it, as it does a read or write that fails.
 * @param {() => Promise<IDBDatabase>} open
 */
export function store(open = database, journal = draftJournal()) {
  const typed = draftJournal(undefined, 'typed:'); // also in the script of index.html
  /** @type {Listeners<unknown>} */
  const errors = listeners();
  /** @type {Listeners<Change[]>} */
  const saves = listeners();
  /** @type {Listeners<void>} */
  const clearings = listeners();
  /** @type {Set<string>} */
  const incomplete = new Set(); // conversations with messages that could not be read
  /** @type {IDBDatabase | undefined} */
  let db;
  const pending = writeBehind(changes => (db ? write(db, changes) : pending.retry(changes)));
  let opened = connect();

  return {
    onError: errors.add,
    /** After changes were written. */
    onSaved: saves.add,
    /** The database was closed, and has no conversation when it is open again. */
    onCleared: clearings.add,

    /** @returns {Promise<Summary[]>} */
    conversations: async () => (await readAll('conversations')) ?? [],

    /** @param {string} id @returns {Promise<Message[] | undefined>}  undefined if none can be read */
    messages: id => readAll('messages', id),

    /** @param {string} id @returns {Promise<Message | undefined>} */
    message: id => read('messages', all => all.get(id)),

    /** Of all conversations. @returns {Promise<Message[]>} */
    allMessages: async () => (await readAll('messages')) ?? [],

    /** @param {string} id  of the conversation @returns {Promise<string>} */
    draft: async id => journal.get(id) ?? (await read('drafts', all => all.get(id)))?.text ?? '',

    /** What was typed before the draft was read, and does not replace it. */
    typed,

    /** @param {Summary} summary */
    saveConversation: summary =>
      pending.add(summary.id, { kind: 'conversations', record: summary }),

    /** @param {Message} message */
    saveMessage: message => pending.add(message.id, { kind: 'messages', record: message }),

    /** @param {Draft} draft */
    saveDraft: draft => {
      journal.set(draft);
      pending.add(draft.conversation, { kind: 'drafts', record: draft });
    },

    /** What is attached to a draft. @param {string} id @returns {Promise<Attachment[]>} */
    draftAttachments: async id =>
      (await read('drafts', all => all.get(draftKeys(id)[1])))?.attachments ?? [],

    /**
     * @param {string} id  of the conversation
     * @param {Attachment[]} attachments
     */
    saveDraftAttachments: (id, attachments) => {
      const [, conversation] = draftKeys(id);
      const record = { conversation, attachments };
      pending.add(conversation, { kind: 'drafts', record });
    },

    /** @param {Pick<Conversation, 'id' | 'messages'>} conversation */
    remove: ({ id, messages }) => {
      forget(id);
      pending.add(id, { kind: 'conversations', removed: id });
      for (const key of draftKeys(id)) pending.add(key, { kind: 'drafts', removed: key });
      for (const message of Object.keys(messages))
        pending.add(message, { kind: 'messages', removed: message });
      if (!incomplete.delete(id)) return;
      pending.flush();
      removeUnknown(id);
    },

    /**
     * Removes what is left of a conversation that another tab has removed: the messages that only this
     * tab knew. That tab can have restored it in the meantime; then everything stays.
     * @param {string} id
     */
    removeRest: id => {
      forget(id);
      pending.discard(record => draftKeys(id).includes(record.conversation ?? record.id));
      removeUnknown(id);
    },

    flush: pending.flush,
  };

  /**
   * Removes the stored messages of a removed conversation by its index. Another tab may have taken what
   * this one had saved meanwhile for a new conversation.
   * @param {string} id
   */
  async function removeUnknown(id) {
    const { removeEach } = await import('./one-by-one.js');
    if (db) removeEach(db, id, () => saves.notify([{ kind: 'conversations', removed: id }]));
  }

  /** @param {string} id  of a conversation that was removed */
  function forget(id) {
    journal.remove(id);
    typed.remove(id);
  }

  /** @param {number} [attempts]  only the last one reports its failure */
  async function connect(attempts = 1, isReopened = false) {
    try {
      db = await open();
    } catch (cause) {
      if (attempts === 1) return errors.notify(cause);
      await new Promise(resolve => setTimeout(resolve, REOPEN_DELAY_MS));
      return connect(attempts - 1, isReopened);
    }
    db.onclose = reopen;
    if (isReopened) checkCleared(db);
    for (const draft of journal.entries())
      pending.add(draft.conversation, { kind: 'drafts', record: draft });
    pending.flush();
  }

  /**
   * The browser closes the database when it deletes it, which can take some seconds, and also without
   * a deletion: iOS ends the process that has it while the page is in the background.
   */
  function reopen() {
    db = undefined;
    opened = connect(REOPEN_ATTEMPTS, true);
  }

  /** Begins before the writes that wait, so that it does not count them. @param {IDBDatabase} db */
  async function checkCleared(db) {
    const all = db.transaction('conversations').objectStore('conversations');
    if ((await result(all.count())) === 0) clearings.notify();
  }

  /**
   * Reports all parts together.
   * @param {IDBDatabase} db
   * @param {Changes} changes
   */
  async function write(db, changes) {
    const saved = new Map(changes);
    /** @type {unknown} */
    let failure;
    await Promise.all(
      partsOf(changes).map(part =>
        transact(db, part).catch(cause => {
          failure = cause;
          pending.retry(new Map(part));
          for (const [key] of part) saved.delete(key);
        }),
      ),
    );
    if (saved.size > 0) complete([...saved.values()]);
    if (failure) errors.notify(failure);
  }

  /** @param {Change[]} changes */
  function complete(changes) {
    for (const change of changes)
      if (change.kind === 'drafts' && 'record' in change)
        journal.saved(/** @type {Draft} */ (change.record));
    saves.notify(changes);
  }

  /**
   * One record whose file the browser has lost makes a whole list unreadable: then each is read alone.
   * @param {'conversations' | 'messages'} kind
   * @param {string} [conversation]  by default of all
   * @returns {Promise<any[] | undefined>}  undefined if none can be read
   */
  async function readAll(kind, conversation) {
    const records = await read(kind, all =>
      (conversation ? all.index('conversation') : all).getAll(conversation),
    );
    if (records || !db) return records;
    if (conversation) incomplete.add(conversation);
    return (await import('./one-by-one.js')).readEach(db, kind, conversation);
  }

  /**
   * Nothing if it fails.
   * @template T
   * @param {Kind} kind
   * @param {(all: IDBObjectStore) => IDBRequest<T>} query
   */
  async function read(kind, query) {
    await opened;
    try {
      return db && (await result(query(db.transaction(kind).objectStore(kind))));
    } catch (cause) {
      errors.notify(new DOMException(`${cause}`, 'NotReadableError'));
    }
  }
}

/** The keys of a draft: of its text, and of what is attached to it. @param {string} id */
export function draftKeys(id) {
  return [id, `${id}+`];
}

/**
 * Removals, the small records and each record with attachments are transactions of their own, so that
 * the others succeed when one exceeds the quota. A page that is being closed may not write the last.
 * @param {Changes} changes
 */
function partsOf(changes) {
  /** @type {[string, Change][][]} */
  const [removed, small, ...large] = [[], []];
  for (const entry of changes) {
    const [, change] = entry;
    if ('removed' in change) removed.push(entry);
    else if (/** @type {Partial<Message>} */ (change.record).attachments?.length)
      large.push([entry]);
    else small.push(entry);
  }
  return [removed, small, ...large].filter(part => part.length > 0);
}

/**
 * @param {IDBDatabase} db
 * @param {[string, Change][]} changes
 */
async function transact(db, changes) {
  const kinds = new Set(changes.map(([, { kind }]) => kind));
  const transaction = db.transaction([...kinds], 'readwrite');
  for (const [, change] of changes) {
    const all = transaction.objectStore(change.kind);
    if ('record' in change) all.put(change.record);
    else all.delete(change.removed);
  }
  transaction.commit(); // a page that is being closed does not see the events of the requests
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
}
