import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { question } from '../conversation/message.js';
import { database } from './database.js';
import { store } from './store.js';

/** @import { Change } from './write-behind.js' */

const summary = { id: 'c', title: 'T', createdAt: 1, updatedAt: 1, pinned: false, leaf: 'm' };
const message = question('c', null, { id: 'm', text: 'Why?', at: 1 });

/** @type {Change[]} */
let told = [];
const onCleared = () => assert.fail('it was not cleared');
const onKept = (/** @type {Change[]} */ changes) => void told.push(...changes);

beforeEach(() => {
  told = [];
  globalThis.indexedDB = new IDBFactory();
});

test('what was saved is there for the next page', async () => {
  const before = store({ onLost: noLoss, onKept, onCleared });
  before.saveConversation(summary);
  before.saveMessage(message);
  before.saveDraft({ conversation: 'c', text: 'and' });
  before.flush();

  const after = store({ onLost: noLoss, onKept, onCleared });
  assert.deepEqual(await after.conversations(), [summary]);
  assert.deepEqual(await after.messages('c'), [message]);
  assert.equal(await after.draft('c'), 'and');
});

test('messages are those of the conversation that is asked for', async () => {
  const kept = store({ onLost: noLoss, onKept, onCleared });
  kept.saveMessage(message);
  kept.saveMessage(question('other', null, { id: 'n', text: 'How?', at: 2 }));
  kept.flush();
  assert.deepEqual(await kept.messages('c'), [message]);
  assert.equal(await kept.draft('c'), '');
});

test('a removed conversation takes its messages and its draft with it', async () => {
  const kept = store({ onLost: noLoss, onKept, onCleared });
  kept.saveConversation(summary);
  kept.saveMessage(message);
  kept.saveDraft({ conversation: 'c', text: 'and' });
  kept.flush();
  kept.remove({ ...summary, messages: { m: message } });
  kept.flush();
  assert.deepEqual(await kept.conversations(), []);
  assert.deepEqual(await kept.allMessages(), []);
  assert.equal(await kept.draft('c'), '');
});

test('changes are written as they stand when they are written', async () => {
  const kept = store({ onLost: noLoss, onKept, onCleared });
  for (const text of ['W', 'Wh', 'Why?']) kept.saveMessage({ ...message, text });
  kept.flush();
  assert.deepEqual(await kept.messages('c'), [message]);
});

test('what was kept is told, once it is', async () => {
  const kept = store({ onLost: noLoss, onKept, onCleared });
  kept.saveMessage(message);
  kept.flush();
  assert.deepEqual(told, []);
  assert.deepEqual(await kept.message('m'), message);
  assert.deepEqual(told, [{ kind: 'messages', record: message }]);
});

test('a browser without a database has an empty store and says so once', async () => {
  /** @type {unknown[]} */
  const lost = [];
  const kept = store({ onLost: cause => lost.push(cause), onKept, onCleared }, async () =>
    Promise.reject(new Error('private')),
  );
  kept.saveMessage(message);
  kept.flush();
  assert.deepEqual(await kept.conversations(), []);
  assert.deepEqual(await kept.messages('c'), []);
  assert.equal(await kept.draft('c'), '');
  assert.equal(lost.length, 1);
});

test('a write that fails is told', async () => {
  const db = await database();
  db.close();
  const cause = await new Promise(resolve => {
    const kept = store({ onLost: resolve, onKept, onCleared }, async () => db);
    kept.saveMessage(message);
    kept.flush();
  });
  assert.equal(cause.name, 'InvalidStateError');
});

test('a write that fails is made up for by the next one', async () => {
  const closed = await database();
  closed.close();
  const open = mock.fn(async () => closed);
  /** @type {unknown[]} */
  const lost = [];
  const watchers = { onLost: (/** @type {unknown} */ cause) => lost.push(cause), onKept };
  const kept = store({ ...watchers, onCleared() {} }, open);
  await open.mock.calls[0].result;
  kept.saveMessage(message);
  kept.flush();
  await until(() => lost.length > 0);
  open.mock.mockImplementation(() => database());
  closed.onclose?.(new Event('close'));
  kept.saveDraft({ conversation: 'c', text: 'and' });
  kept.flush();
  assert.deepEqual(await kept.messages('c'), [message]);
  assert.equal(lost.length, 1);
});

test('a deletion is kept although there is no room for what comes with it', async () => {
  const kept = store({ onLost: () => {}, onKept, onCleared });
  kept.saveConversation(summary);
  kept.saveMessage(message);
  kept.flush();
  kept.remove({ ...summary, messages: { m: message } });
  kept.saveMessage(/** @type {any} */ ({ id: 'n', notKept: () => {} }));
  kept.flush();
  assert.deepEqual(await kept.conversations(), []);
  assert.deepEqual(await kept.messages('c'), []);
});

test('a database that the browser clears is told, and what follows is kept', async () => {
  const db = await database();
  const onCleared = mock.fn();
  const kept = store({ onLost: noLoss, onKept, onCleared }, async () => db);
  await kept.conversations();
  db.onclose?.(new Event('close'));
  assert.equal(onCleared.mock.callCount(), 1);
  kept.saveMessage(message);
  kept.flush();
  assert.deepEqual(await kept.messages('c'), [message]);
});

/** @param {() => boolean} condition */
async function until(condition) {
  while (!condition()) await new Promise(resolve => setImmediate(resolve));
}

/** @param {unknown} cause */
function noLoss(cause) {
  assert.ifError(cause);
}
