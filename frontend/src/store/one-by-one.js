import { result } from './result.js';
import { draftKeys } from './store.js';

/**
 * The records that can be read, each in a transaction of its own, because a failed read aborts it.
 * @param {IDBDatabase} db
 * @param {'conversations' | 'messages'} kind
 * @param {string} [conversation]  by default of all
 * @returns {Promise<any[] | undefined>}  undefined if none can be read
 */
export async function readEach(db, kind, conversation) {
  const all = () => db.transaction(kind).objectStore(kind);
  try {
    const source = conversation ? all().index('conversation') : all();
    const keys = await result(source.getAllKeys(conversation));
    const reads = await Promise.allSettled(keys.map(async key => result(all().get(key))));
    const records = reads.flatMap(read => (read.status === 'fulfilled' ? [read.value] : []));
    return records.length > 0 || keys.length === 0 ? records : undefined;
  } catch {
    return undefined; // the first, failed read was reported
  }
}

/**
 * Removes the messages and the draft of a conversation, unless it was restored.
 * @param {IDBDatabase} db
 * @param {string} id
 * @param {() => void} onRemoved
 */
export function removeEach(db, id, onRemoved) {
  const transaction = db.transaction(['conversations', 'messages', 'drafts'], 'readwrite');
  const messages = transaction.objectStore('messages');
  const restored = transaction.objectStore('conversations').count(id);
  restored.onsuccess = () => {
    if (restored.result > 0) return;
    transaction.oncomplete = onRemoved;
    for (const key of draftKeys(id)) transaction.objectStore('drafts').delete(key);
    const keys = messages.index('conversation').getAllKeys(id);
    keys.onsuccess = () => {
      for (const key of keys.result) messages.delete(key);
    };
  };
}
