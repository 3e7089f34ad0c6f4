/** @typedef {(db: IDBDatabase) => void} Step  from one version to the next */

/**
 * What leads to each version, the first from nothing. Every step stays here for good: a browser may
 * come back from any of them.
 * @type {Step[]}
 */
export const versions = [
  db => {
    db.createObjectStore('conversations', { keyPath: 'id' });
    db.createObjectStore('messages', { keyPath: 'id' }).createIndex('conversation', 'conversation');
    db.createObjectStore('drafts', { keyPath: 'conversation' });
  },
];

/**
 * Opens the browser's database, at the last version. A step that fails or is interrupted leaves the
 * database as it was before all of them.
 * @param {Step[]} steps
 * @returns {Promise<IDBDatabase>}
 */
export function database(steps = versions) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('minimal-chatbot', steps.length);
    request.onupgradeneeded = ({ oldVersion }) => {
      for (const step of steps.slice(oldVersion)) step(request.result);
    };
    request.onblocked = () => reject(new Error('another tab holds an older version'));
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });
}
