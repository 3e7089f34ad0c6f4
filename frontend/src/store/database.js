/** @typedef {(db: IDBDatabase) => void} Migration  from one version to the next */

/**
 * The migrations to each version. None can be removed, because a browser can have any old version.
 * @type {Migration[]}
 */
export const migrations = [
  db => {
    db.createObjectStore('conversations', { keyPath: 'id' });
    db.createObjectStore('messages', { keyPath: 'id' }).createIndex('conversation', 'conversation');
    db.createObjectStore('drafts', { keyPath: 'conversation' });
  },
];

/**
 * Opens the database at the last version. All migrations run in one transaction.
 * @param {Migration[]} all
 * @returns {Promise<IDBDatabase>}
 */
export function database(all = migrations) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('minimal-chatbot', all.length);
    request.onupgradeneeded = ({ oldVersion }) => {
      for (const migrate of all.slice(oldVersion)) migrate(request.result);
    };
    request.onblocked = () => reject(new Error('an older version is open in another tab'));
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });
}
