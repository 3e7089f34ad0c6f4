import { mergeConversations } from '../conversation/archive.js';
import { ImportError } from './import-error.js';

/** @import { Conversation, Message, Summary } from '../conversation/conversation.js' */
/** @import { Change } from '../store/write-behind.js' */
/** @import { ReadResult, SkipReason } from './conversation-reader.js' */

/**
 * `known`: conversations that were stored before; `omitted`: images and files that were left out;
 * `changes`: the new summaries, and the messages of known conversations.
 * @typedef {object} ImportResult
 * @property {number} imported
 * @property {number} known
 * @property {number} omitted
 * @property {Record<SkipReason, number>} skipped
 * @property {Change[]} changes
 * @property {string} [instructions]  of an export of this page, for all conversations
 */

/**
 * Stores conversations in one transaction: all of them or, after an error or a cancel, none. It awaits
 * only the requests of this transaction, which would otherwise end.
 * @param {IDBDatabase} db
 * @param {Iterable<ReadResult>} results  read while they are stored, so that they are not all in memory
 * @param {AbortSignal} [signal]  cancels, unless everything is stored
 * @returns {Promise<ImportResult>}
 * @throws {ImportError}
 */
export async function storeImport(db, results, signal) {
  if (signal?.aborted) throw new ImportError('cancelled');
  const transaction = db.transaction(['conversations', 'messages'], 'readwrite');
  signal?.addEventListener('abort', () => abort(transaction));
  const done = completed(transaction);
  const conversations = transaction.objectStore('conversations');
  const messages = transaction.objectStore('messages');
  /** @type {ImportResult} */
  const total = {
    imported: 0,
    known: 0,
    omitted: 0,
    skipped: { empty: 0, unreadable: 0, tooLarge: 0 },
    changes: [],
  };
  try {
    for (const each of results) {
      if ('instructions' in each) total.instructions = each.instructions;
      else if ('conversation' in each) await save(each);
      else {
        total.skipped[each.skipped]++;
        await result(conversations.getKey('')); // lets a cancel arrive
      }
    }
  } catch (cause) {
    done.catch(() => {});
    abort(transaction);
    if (signal?.aborted) throw new ImportError('cancelled');
    const error = cause instanceof DOMException ? cause : transaction.error;
    throw error ? toImportError(error) : cause;
  }
  await done.catch(cause => {
    throw signal?.aborted ? new ImportError('cancelled') : cause;
  });
  return total;

  /** @param {Extract<ReadResult, { conversation: Conversation }>} read */
  async function save({ conversation, isOwn, omitted }) {
    const stored = await load(conversation.id);
    if (isOwn && !(await areOwn(conversation))) throw new ImportError('damaged');
    total.imported++;
    total.omitted += omitted;
    if (stored) total.known++;
    const merged = stored ? merge(stored, conversation, isOwn) : conversation;
    const { messages: all, ...summary } = merged;
    const changed = Object.values(all).filter(each => each !== stored?.messages[each.id]);
    if (stored && changed.length === 0 && !isOwn) return;
    for (const message of changed) messages.put(message);
    total.changes.push({ kind: 'conversations', record: summary });
    if (stored)
      total.changes.push(
        ...changed.map(record => ({ kind: /** @type {const} */ ('messages'), record })),
      );
    await result(conversations.put(summary));
  }

  /** @param {string} id @returns {Promise<Conversation | undefined>} */
  async function load(id) {
    /** @type {Summary | undefined} */
    const summary = await result(conversations.get(id));
    if (!summary) return undefined;
    /** @type {Message[]} */
    const own = await result(messages.index('conversation').getAll(id));
    return { ...summary, messages: Object.fromEntries(own.map(one => [one.id, one])) };
  }

  /**
   * Whether no message belongs to another stored conversation. The identifiers of other products'
   * messages depend on the conversation.
   * @param {Conversation} conversation
   */
  async function areOwn(conversation) {
    /** @type {(Message | undefined)[]} */
    const stored = await Promise.all(
      Object.keys(conversation.messages).map(id => result(messages.get(id))),
    );
    return stored.every(message => !message || message.conversation === conversation.id);
  }
}

/**
 * Title and pin of another product's conversation may have been changed here since its first import,
 * and it has none of the choices that were made here. A stored message that is streaming continues.
 * @param {Conversation} stored
 * @param {Conversation} imported
 * @param {boolean} isOwn
 */
function merge(stored, imported, isOwn) {
  const merged = mergeConversations(stored, imported);
  for (const message of Object.values(stored.messages))
    if (message.status === 'streaming') merged.messages[message.id] = message;
  return isOwn ? merged : { ...stored, ...merged, title: stored.title, pinned: stored.pinned };
}

/** @param {IDBTransaction} transaction */
function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // it has ended
  }
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function completed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(toImportError(transaction.error));
  });
}

/** @param {DOMException | null} cause */
function toImportError(cause) {
  return new ImportError(cause?.name === 'QuotaExceededError' ? 'full' : 'unsaved');
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
