import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { database, versions } from './database.js';

/** @import { Step } from './database.js' */

const summary = { id: 'c', title: 'T', createdAt: 1, updatedAt: 1, pinned: false, leaf: null };

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('a browser that comes back from the first version finds all it left', async () => {
  await left(versions.slice(0, 1));
  assert.deepEqual(await found(versions), [summary]);
});

test('a step is taken once, by whoever has not taken it', async () => {
  let taken = 0;
  const next = [...versions, () => void taken++];
  await left(versions);
  assert.deepEqual(await found(next), [summary]);
  assert.deepEqual(await found(next), [summary]);
  assert.equal(taken, 1);
});

test('a step that fails takes nothing with it, and is tried again', async () => {
  await left(versions);
  const half = (/** @type {IDBDatabase} */ db) => {
    db.deleteObjectStore('conversations');
    throw new Error('the power went');
  };
  await assert.rejects(database([...versions, half]));
  assert.deepEqual(await found(versions), [summary]);
  const next = (/** @type {IDBDatabase} */ db) => void db.createObjectStore('more');
  assert.deepEqual(await found([...versions, next]), [summary]);
});

test('a tab with an older version makes way', async () => {
  await left(versions, { closes: false });
  assert.deepEqual(await found([...versions, () => {}]), [summary]);
});

/**
 * A browser that kept something at the last of these versions.
 * @param {Step[]} steps
 */
async function left(steps, { closes = true } = {}) {
  const db = await database(steps);
  const transaction = db.transaction('conversations', 'readwrite');
  transaction.objectStore('conversations').put(summary);
  await new Promise(resolve => {
    transaction.oncomplete = resolve;
  });
  if (closes) db.close();
}

/** @param {Step[]} steps */
async function found(steps) {
  const db = await database(steps);
  const request = db.transaction('conversations').objectStore('conversations').getAll();
  await new Promise(resolve => {
    request.onsuccess = resolve;
  });
  db.close();
  return request.result;
}
