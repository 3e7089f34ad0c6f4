import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { question } from '../conversation/message.js';
import { database } from './database.js';
import { store } from './store.js';

const summary = { id: 'c', title: 'T', createdAt: 1, updatedAt: 1, pinned: false, leaf: 'm' };
const message = question('c', null, { id: 'm', text: 'Why?', at: 1 });

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('what was saved is there for the next page', async () => {
  const before = store(noLoss);
  before.saveConversation(summary);
  before.saveMessage(message);
  before.saveDraft({ conversation: 'c', text: 'and' });
  before.flush();

  const after = store(noLoss);
  assert.deepEqual(await after.conversations(), [summary]);
  assert.deepEqual(await after.messages('c'), [message]);
  assert.equal(await after.draft('c'), 'and');
});

test('messages are those of the conversation that is asked for', async () => {
  const kept = store(noLoss);
  kept.saveMessage(message);
  kept.saveMessage(question('other', null, { id: 'n', text: 'How?', at: 2 }));
  kept.flush();
  assert.deepEqual(await kept.messages('c'), [message]);
  assert.equal(await kept.draft('c'), '');
});

test('a removed conversation takes its messages and its draft with it', async () => {
  const kept = store(noLoss);
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
  const kept = store(noLoss);
  for (const text of ['W', 'Wh', 'Why?']) kept.saveMessage({ ...message, text });
  kept.flush();
  assert.deepEqual(await kept.messages('c'), [message]);
});

test('a browser without a database has an empty store and says so once', async () => {
  /** @type {unknown[]} */
  const lost = [];
  const kept = store(
    cause => lost.push(cause),
    async () => Promise.reject(new Error('private')),
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
    const kept = store(resolve, async () => db);
    kept.saveMessage(message);
    kept.flush();
  });
  assert.equal(cause.name, 'InvalidStateError');
});

/** @param {unknown} cause */
function noLoss(cause) {
  assert.ifError(cause);
}
