import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { database, migrations } from './database.js';

/** @import { Migration } from './database.js' */

const summary = { id: 'c', title: 'T', createdAt: 1, updatedAt: 1, pinned: false, leaf: null };

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('a migration from the first version keeps all records', async () => {
  await createDatabase(migrations.slice(0, 1));
  assert.deepEqual(await readSummaries(migrations), [summary]);
});

test('a migration step runs once', async () => {
  let runs = 0;
  const next = [...migrations, () => void runs++];
  await createDatabase(migrations);
  assert.deepEqual(await readSummaries(next), [summary]);
  assert.deepEqual(await readSummaries(next), [summary]);
  assert.equal(runs, 1);
});

test('a failed migration step is rolled back and can be repeated', async () => {
  await createDatabase(migrations);
  const half = (/** @type {IDBDatabase} */ db) => {
    db.deleteObjectStore('conversations');
    throw new Error('power failure');
  };
  await assert.rejects(database([...migrations, half]));
  assert.deepEqual(await readSummaries(migrations), [summary]);
  const next = (/** @type {IDBDatabase} */ db) => void db.createObjectStore('more');
  assert.deepEqual(await readSummaries([...migrations, next]), [summary]);
});

test('a tab with an older version closes its connection', async () => {
  await createDatabase(migrations, { closes: false });
  assert.deepEqual(await readSummaries([...migrations, () => {}]), [summary]);
});

/**
 * A browser that kept something at the last of these migrations.
 * @param {Migration[]} all
 */
async function createDatabase(all, { closes = true } = {}) {
  const db = await database(all);
  const transaction = db.transaction('conversations', 'readwrite');
  transaction.objectStore('conversations').put(summary);
  await new Promise(resolve => {
    transaction.oncomplete = resolve;
  });
  if (closes) db.close();
}

/** @param {Migration[]} all */
async function readSummaries(all) {
  const db = await database(all);
  const request = db.transaction('conversations').objectStore('conversations').getAll();
  await new Promise(resolve => {
    request.onsuccess = resolve;
  });
  db.close();
  return request.result;
}
