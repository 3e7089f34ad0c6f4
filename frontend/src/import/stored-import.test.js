import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { branch } from '../conversation/branch.js';
import { applyUserAction, conversation } from '../conversation/conversation.js';
import { database } from '../store/database.js';
import { readConversations } from './conversation-reader.js';
import { chatGptNode, chatGptVersions } from './exports.fixture.js';
import { storeImport } from './stored-import.js';

/** @import { Conversation } from '../conversation/conversation.js' */
/** @import { ReadResult } from './conversation-reader.js' */

/** @type {IDBDatabase} */
let db;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  db = await database();
});

test('an import stores its conversations and reports their summaries', async () => {
  const { imported, known, changes } = await storeImport(db, read([chatGptVersions()]));
  assert.deepEqual([imported, known], [1, 0]);
  assert.deepEqual(
    changes.map(({ kind }) => kind),
    ['conversations'],
  );
  assert.equal((await all('conversations'))[0].title, 'Trip');
  assert.equal((await all('messages')).length, 3);
});

test('a second import of another product changes nothing', async () => {
  await storeImport(db, read([chatGptVersions()]));
  const before = [await all('conversations'), await all('messages')];
  const { imported, known, changes } = await storeImport(db, read([chatGptVersions()]));
  assert.deepEqual([imported, known, changes], [1, 1, []]);
  assert.deepEqual([await all('conversations'), await all('messages')], before);
});

test('a later export adds its messages and keeps what was chosen here', async () => {
  await storeImport(db, read([chatGptVersions()]));
  const [summary] = await all('conversations');
  const chosen = {
    title: 'Mine',
    pinned: true,
    instructions: 'Be brief.',
    model: 'm',
    webSearch: true,
  };
  await put('conversations', { ...summary, ...chosen });
  const later = chatGptVersions();
  Object.assign(later.mapping, chatGptNode('u2', 'a1', 'user', 'Why?'));
  const { changes } = await storeImport(
    db,
    read([{ ...later, current_node: 'u2', update_time: 1700009999 }]),
  );
  assert.deepEqual(
    changes.map(({ kind }) => kind),
    ['conversations', 'messages'],
  );
  const [after] = await all('conversations');
  assert.deepEqual(after, { ...after, ...chosen });
  const messages = Object.fromEntries((await all('messages')).map(one => [one.id, one]));
  assert.deepEqual(
    branch({ ...after, messages }).map(({ text }) => text),
    ['Where to?', 'Lisbon.', 'Why?'],
  );
});

test('an answer that is streaming is not replaced', async () => {
  const mine = asked();
  await put('conversations', summaryOf(mine));
  for (const message of Object.values(mine.messages)) await put('messages', message);
  const answer = { ...mine.messages.a, status: /** @type {const} */ ('interrupted'), text: 'more' };
  await storeImport(db, [own({ ...mine, messages: { ...mine.messages, a: answer } })]);
  assert.equal((await get('messages', 'a')).status, 'streaming');
});

test('an archive with a message of another conversation stores nothing', async () => {
  const mine = asked();
  await storeImport(db, [own(mine)]);
  const foreign = { ...asked('d'), messages: mine.messages };
  await assert.rejects(storeImport(db, [own(asked('e', 'f')), own(foreign)]), {
    reason: 'damaged',
  });
  assert.deepEqual(
    (await all('conversations')).map(({ id }) => id),
    ['c'],
  );
});

test('a file that turns out to be damaged stores nothing', async () => {
  const text = JSON.stringify([chatGptVersions()]).slice(0, -1);
  const results = readConversations([new TextEncoder().encode(text)]);
  await assert.rejects(storeImport(db, results), { reason: 'damaged' });
  assert.deepEqual(await all('messages'), []);
});

test('an exceeded quota stores nothing and is reported', async t => {
  const { put } = IDBObjectStore.prototype;
  /** @this {IDBObjectStore} @param {any} record */
  function putUntilFull(record) {
    if (record.id === 'e') throw new DOMException('full', 'QuotaExceededError');
    return put.call(this, record);
  }
  t.mock.method(IDBObjectStore.prototype, 'put', putUntilFull);
  const results = [own(asked()), own(asked('e', 'f'))];
  await assert.rejects(storeImport(db, results), { reason: 'full' });
  t.mock.restoreAll();
  assert.deepEqual(await all('conversations'), []);
  assert.deepEqual(await all('messages'), []);
});

test('a cancelled import stores nothing, and a late cancel changes nothing', async () => {
  const early = new AbortController();
  function* cancelling() {
    yield own(asked());
    early.abort();
    yield own(asked('e', 'f'));
  }
  await assert.rejects(storeImport(db, cancelling(), early.signal), { reason: 'cancelled' });
  assert.deepEqual(await all('conversations'), []);
  await assert.rejects(storeImport(db, [own(asked())], early.signal), { reason: 'cancelled' });
  const late = new AbortController();
  await storeImport(db, [own(asked())], late.signal);
  late.abort();
  assert.equal((await all('conversations')).length, 1);
});

/** @param {unknown} value */
function read(value) {
  return readConversations([new TextEncoder().encode(JSON.stringify(value))]);
}

/** @param {Conversation} one @returns {ReadResult} */
function own(one) {
  return { conversation: one, isOwn: true, omitted: 0 };
}

function asked(id = 'c', prefix = '') {
  return applyUserAction(conversation({ id, at: 0 }), {
    type: 'asked',
    question: `${prefix}q`,
    answer: `${prefix}a`,
    text: 'Why?',
    at: 1,
  });
}

/** @param {Conversation} one */
function summaryOf({ messages: _messages, ...summary }) {
  return summary;
}

/** @param {string} kind @returns {Promise<any[]>} */
function all(kind) {
  return result(db.transaction(kind).objectStore(kind).getAll());
}

/** @param {string} kind @param {string} id @returns {Promise<any>} */
function get(kind, id) {
  return result(db.transaction(kind).objectStore(kind).get(id));
}

/** @param {string} kind @param {object} record */
function put(kind, record) {
  return result(db.transaction(kind, 'readwrite').objectStore(kind).put(record));
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
