import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { database } from './database.js';
import { draftJournal } from './draft-journal.js';
import { memoryStorage } from './storage.fixture.js';
import { store } from './store.js';

/** @import { TestContext } from 'node:test' */
/** @import { Message } from '../conversation/conversation.js' */
/** @import { DraftJournal } from './draft-journal.js' */
/** @import { Change } from './write-behind.js' */

const summary = { id: 'c', title: 'T', createdAt: 1, updatedAt: 1, pinned: false, leaf: 'm' };
/** @type {Message} */
const message = {
  id: 'm',
  conversation: 'c',
  parent: null,
  role: 'user',
  text: 'Why?',
  status: 'complete',
  createdAt: 1,
};

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('saved records are there after a reload', async () => {
  const before = openStore();
  before.saveConversation(summary);
  before.saveMessage(message);
  before.saveDraft({ conversation: 'c', text: 'and' });
  before.flush();

  const after = openStore();
  assert.deepEqual(await after.conversations(), [summary]);
  assert.deepEqual(await after.messages('c'), [message]);
  assert.equal(await after.draft('c'), 'and');
});

test('messages are read by conversation', async () => {
  const records = openStore();
  records.saveMessage(message);
  records.saveMessage({ ...message, id: 'n', conversation: 'other' });
  records.flush();
  assert.deepEqual(await records.messages('c'), [message]);
  assert.equal(await records.draft('c'), '');
});

test('removing a conversation removes its messages and its draft', async () => {
  const records = openStore();
  records.saveConversation(summary);
  records.saveMessage(message);
  records.saveDraft({ conversation: 'c', text: 'and' });
  records.flush();
  records.remove({ ...summary, messages: { m: message } });
  records.flush();
  assert.deepEqual(await records.conversations(), []);
  assert.deepEqual(await records.allMessages(), []);
  assert.equal(await records.draft('c'), '');
});

test('the newest of several changes is written', async () => {
  const records = openStore();
  for (const text of ['W', 'Wh', 'Why?']) records.saveMessage({ ...message, text });
  records.flush();
  assert.deepEqual(await records.messages('c'), [message]);
});

test('changes are reported after they were written', async () => {
  /** @type {Change[]} */
  const saved = [];
  const records = openStore();
  records.onSaved(changes => void saved.push(...changes));
  records.saveMessage(message);
  records.flush();
  assert.deepEqual(saved, []);
  assert.deepEqual(await records.message('m'), message);
  assert.deepEqual(saved, [{ kind: 'messages', record: message }]);
});

test('messages that cannot be read are left out, and are removed with their conversation', async t => {
  const records = store(undefined, draftJournal(memoryStorage()));
  /** @type {any[]} */
  const errors = [];
  records.onError(cause => void errors.push(cause));
  const other = { ...message, id: 'n' };
  for (const each of [message, other]) records.saveMessage(each);
  records.flush();
  loseRecords(t, ['m']);
  assert.deepEqual(await records.messages('c'), [other]);
  assert.deepEqual(await records.allMessages(), [other]);
  assert.deepEqual(
    errors.map(({ name }) => name),
    ['NotReadableError', 'NotReadableError'],
  );
  records.remove({ id: 'c', messages: { n: other } });
  await new Promise(resolve =>
    records.onSaved(changes => changes.length === 1 && resolve(undefined)),
  );
  t.mock.reset();
  assert.deepEqual(await openStore().messages('c'), []);
});

test('messages of which none can be read are not an empty list', async t => {
  const records = store(undefined, draftJournal(memoryStorage()));
  records.saveMessage(message);
  records.flush();
  loseRecords(t, ['m']);
  assert.equal(await records.messages('c'), undefined);
});

test('without a database the store is empty and reports one error', async () => {
  /** @type {unknown[]} */
  const errors = [];
  const records = store(() => Promise.reject(new Error('private')));
  records.onError(cause => void errors.push(cause));
  records.saveMessage(message);
  records.flush();
  assert.deepEqual(await records.conversations(), []);
  assert.equal(await records.messages('c'), undefined);
  assert.equal(await records.draft('c'), '');
  assert.equal(errors.length, 1);
});

test('a failed write is reported', async () => {
  const db = await database();
  db.close();
  const cause = await new Promise(resolve => {
    const records = store(async () => db);
    records.onError(resolve);
    records.saveMessage(message);
    records.flush();
  });
  assert.equal(cause.name, 'InvalidStateError');
});

test('the next write includes the changes of a failed one', async () => {
  const closed = await database();
  closed.close();
  const open = mock.fn(async () => closed);
  /** @type {unknown[]} */
  const errors = [];
  const records = store(open);
  records.onError(cause => void errors.push(cause));
  await open.mock.calls[0].result;
  records.saveMessage(message);
  records.flush();
  await until(() => errors.length > 0);
  open.mock.mockImplementation(() => database());
  closed.onclose?.(new Event('close'));
  records.saveDraft({ conversation: 'c', text: 'and' });
  records.flush();
  assert.deepEqual(await records.messages('c'), [message]);
  assert.equal(errors.length, 1);
});

test('a removal is written although the rest of its batch fails', async () => {
  const records = store();
  records.saveConversation(summary);
  records.saveMessage(message);
  records.flush();
  records.remove({ ...summary, messages: { m: message } });
  records.saveMessage(/** @type {any} */ ({ id: 'n', notCloneable: () => {} }));
  records.flush();
  assert.deepEqual(await records.conversations(), []);
  assert.deepEqual(await records.messages('c'), []);
});

test('a too large attachment is reported, and everything else is stored', async t => {
  failFor(t, 'm');
  const records = store();
  const onError = mock.fn();
  records.onError(onError);
  await records.conversations();
  const image = { id: 'i', type: /** @type {const} */ ('image'), name: 'i', blob: new Blob() };
  for (const text of ['', 'yes']) {
    records.saveMessage({ ...message, attachments: [image] });
    records.saveDraftAttachments('c', [image]);
    records.saveConversation(summary);
    records.saveMessage({ ...message, id: 'a', parent: 'm', text });
    records.flush();
    assert.equal((await records.message('a'))?.text, text);
  }
  assert.deepEqual(await records.conversations(), [summary]);
  assert.equal((await records.draftAttachments('c')).length, 1);
  assert.equal(await records.message('m'), undefined);
  assert.equal(onError.mock.callCount(), 2);
  assert.equal(onError.mock.calls[0].arguments[0].name, 'QuotaExceededError');
});

test('a deleted database is opened again and reported, whatever waits to be saved', async () => {
  const { records, onCleared, close } = await closable();
  globalThis.indexedDB = new IDBFactory();
  close();
  assert.equal(onCleared.mock.callCount(), 0);
  records.saveConversation(summary);
  records.flush();
  assert.deepEqual(await records.conversations(), [summary]);
  assert.equal(onCleared.mock.callCount(), 1);
});

test('a closed database that still has conversations is opened again and not reported', async () => {
  const { records, onCleared, close } = await closable();
  records.saveConversation(summary);
  records.flush();
  await records.conversations();
  close();
  records.saveMessage(message);
  records.flush();
  assert.deepEqual(await records.messages('c'), [message]);
  assert.deepEqual(await records.conversations(), [summary]);
  assert.equal(onCleared.mock.callCount(), 0);
});

test('a draft is there after a reload before the database is open', async () => {
  const storage = memoryStorage();
  const never = () => new Promise(() => {});
  const before = store(/** @type {any} */ (never), draftJournal(storage));
  before.saveDraft({ conversation: '', text: 'Wh' });
  before.saveDraft({ conversation: '', text: 'Why' });

  const after = openStore(draftJournal(storage));
  assert.equal(await after.draft(''), 'Why');
});

test('a draft of an earlier page moves into the database when it opens', async () => {
  const storage = memoryStorage();
  draftJournal(storage).set({ conversation: 'c', text: 'and' });
  const records = openStore(draftJournal(storage));
  await new Promise(resolve => records.onSaved(() => resolve(undefined)));
  assert.equal(storage.length, 0);
  assert.equal(await openStore().draft('c'), 'and');
});

test('a draft that changes during its write stays in the journal', async () => {
  const storage = memoryStorage();
  const records = openStore(draftJournal(storage));
  await records.conversations();
  records.saveDraft({ conversation: 'c', text: 'a' });
  records.flush();
  records.saveDraft({ conversation: 'c', text: 'an' });
  await new Promise(resolve => records.onSaved(() => resolve(undefined)));
  assert.equal(await openStore(draftJournal(storage)).draft('c'), 'an');
});

test('a sent draft does not come back when another tab opens', async () => {
  const storage = memoryStorage();
  const here = openStore(draftJournal(storage));
  await here.conversations();
  here.saveDraft({ conversation: 'c', text: 'and' });
  const there = openStore(draftJournal(storage));
  here.saveDraft({ conversation: 'c', text: '' });
  here.flush();
  await there.conversations();
  there.flush();
  assert.equal(await there.draft('c'), '');
  assert.equal(await openStore().draft('c'), '');
});

test('the draft of a removed conversation does not come back', async () => {
  const storage = memoryStorage();
  const closed = openStore(draftJournal(storage));
  closed.saveDraft({ conversation: 'c', text: 'and' });
  const records = openStore(draftJournal(storage));
  records.remove({ ...summary, messages: {} });
  records.flush();
  await records.conversations();
  assert.equal(storage.length, 0);
  assert.equal(await openStore(draftJournal(storage)).draft('c'), '');
});

/**
 * A storage that is too full for one record, as browsers report it: its transaction aborts.
 * @param {TestContext} t
 * @param {string} id  of the record
 */
function failFor(t, id) {
  const { put } = IDBObjectStore.prototype;
  const { commit } = IDBTransaction.prototype;
  const error = new DOMException('full', 'QuotaExceededError');
  t.mock.method(
    IDBObjectStore.prototype,
    'put',
    /** @this {IDBObjectStore} @param {any} record */ function (record) {
      if (record.id === id) Object.defineProperty(this.transaction, 'error', { value: error });
      return put.call(this, record);
    },
  );
  t.mock.method(
    IDBTransaction.prototype,
    'commit',
    /** @this {IDBTransaction} */ function () {
      if (this.error) this.abort();
      else commit.call(this);
    },
  );
}

/** A store, and what closes its database as the browser does. */
async function closable() {
  /** @type {IDBDatabase} */
  let db;
  const onCleared = mock.fn();
  const records = store(async () => {
    db = await database();
    return db;
  });
  records.onCleared(onCleared);
  await records.conversations();
  const close = () => {
    db.close();
    db.onclose?.(new Event('close'));
  };
  return { records, onCleared, close };
}

/** @param {() => boolean} condition */
async function until(condition) {
  while (!condition()) await new Promise(resolve => setImmediate(resolve));
}

/** A store that must not fail. @param {DraftJournal} [journal] */
function openStore(journal) {
  const records = store(database, journal);
  records.onError(assert.ifError);
  records.onCleared(() => assert.fail('the database was not deleted'));
  return records;
}

/**
 * Lets the browser lose the files of records, so that reading one of them, or all, fails.
 * @param {TestContext} t
 * @param {string[]} lost
 */
function loseRecords(t, lost) {
  const failure = () => {
    throw new DOMException('lost', 'UnknownError');
  };
  const { get } = IDBObjectStore.prototype;
  t.mock.method(IDBIndex.prototype, 'getAll', failure);
  t.mock.method(IDBObjectStore.prototype, 'getAll', failure);
  t.mock.method(
    IDBObjectStore.prototype,
    'get',
    /** @this {IDBObjectStore} @param {string} key */
    function (key) {
      return lost.includes(key) ? failure() : get.call(this, key);
    },
  );
}
