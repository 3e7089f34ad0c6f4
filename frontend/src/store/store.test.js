import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { question } from '../conversation/message.js';
import { database } from './database.js';
import { store } from './store.js';

/** @import { Change } from './write-behind.js' */

const summary = { id: 'c', title: 'T', createdAt: 1, updatedAt: 1, pinned: false, leaf: 'm' };
const message = question('c', null, { id: 'm', text: 'Why?', at: 1 });

/** @type {Change[]} */
let told = [];
const onKept = (/** @type {Change[]} */ changes) => void told.push(...changes);

beforeEach(() => {
  told = [];
  globalThis.indexedDB = new IDBFactory();
});

test('what was saved is there for the next page', async () => {
  const before = store({ onLost: noLoss, onKept });
  before.saveConversation(summary);
  before.saveMessage(message);
  before.saveDraft({ conversation: 'c', text: 'and' });
  before.flush();

  const after = store({ onLost: noLoss, onKept });
  assert.deepEqual(await after.conversations(), [summary]);
  assert.deepEqual(await after.messages('c'), [message]);
  assert.equal(await after.draft('c'), 'and');
});

test('messages are those of the conversation that is asked for', async () => {
  const kept = store({ onLost: noLoss, onKept });
  kept.saveMessage(message);
  kept.saveMessage(question('other', null, { id: 'n', text: 'How?', at: 2 }));
  kept.flush();
  assert.deepEqual(await kept.messages('c'), [message]);
  assert.equal(await kept.draft('c'), '');
});

test('a removed conversation takes its messages and its draft with it', async () => {
  const kept = store({ onLost: noLoss, onKept });
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
  const kept = store({ onLost: noLoss, onKept });
  for (const text of ['W', 'Wh', 'Why?']) kept.saveMessage({ ...message, text });
  kept.flush();
  assert.deepEqual(await kept.messages('c'), [message]);
});

test('what was kept is told, once it is', async () => {
  const kept = store({ onLost: noLoss, onKept });
  kept.saveMessage(message);
  kept.flush();
  assert.deepEqual(told, []);
  assert.deepEqual(await kept.message('m'), message);
  assert.deepEqual(told, [{ kind: 'messages', record: message }]);
});

test('a browser without a database has an empty store and says so once', async () => {
  /** @type {unknown[]} */
  const lost = [];
  const kept = store({ onLost: cause => lost.push(cause), onKept }, async () =>
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
  const db = await database('closed');
  db.close();
  const cause = await new Promise(resolve => {
    const kept = store({ onLost: resolve, onKept }, async () => db);
    kept.saveMessage(message);
    kept.flush();
  });
  assert.equal(cause.name, 'InvalidStateError');
});

/** @param {unknown} cause */
function noLoss(cause) {
  assert.ifError(cause);
}
