const version = 1;

/**
 * Opens the browser's database. Every version's step stays here for good: a browser may come back
 * from any of them.
 * @param {string} name
 * @returns {Promise<IDBDatabase>}
 */
export function database(name = 'minimal-chatbot') {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = ({ oldVersion }) => upgrade(request.result, oldVersion);
    request.onblocked = () => reject(new Error('another tab holds an older version'));
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });
}

/**
 * @param {IDBDatabase} db
 * @param {number} from  0 when there was none
 */
function upgrade(db, from) {
  if (from < 1) {
    db.createObjectStore('conversations', { keyPath: 'id' });
    db.createObjectStore('messages', { keyPath: 'id' }).createIndex('conversation', 'conversation');
    db.createObjectStore('drafts', { keyPath: 'conversation' });
  }
}
