import { translated } from './translated.js';

/** The text of what fails in the database. Loaded with the page: it is needed when nothing can be loaded. */
export const storageStrings = translated('storage', {
  notSaved: 'This browser does not let us save conversations. They last until you close this page.',
  storageFull: 'This browser has no more room for conversations: the last messages are not saved.',
  notRead: 'This browser cannot read some of the saved messages.',
});

/** @param {string} name  of the error */
export function storageFailure(name) {
  if (name === 'NotReadableError') return storageStrings.notRead;
  return name === 'QuotaExceededError' ? storageStrings.storageFull : storageStrings.notSaved;
}
