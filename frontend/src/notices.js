import { byId } from './element.js';
import { storageFailure } from './strings/storage.js';
import { storedSetting } from './ui/stored-setting.js';

/** @import { Conversations } from './conversations.js' */
/** @import { Store } from './store/store.js' */
/** @typedef {ReturnType<typeof notices>} Notices */

/**
 * The notices about storage: not saved, not read, or cleared by the browser.
 * @param {{ store: Store, conversations: Conversations }} dependencies
 */
export function notices({ store, conversations }) {
  const notSaved = byId('not-saved');
  const cleared = byId('cleared');
  const hadConversations = storedSetting('conversations', 'none'); // or 'some'

  /** @type {string | undefined} */
  let failure; // name of the last error, until something is saved

  store.onSaved(() => {
    if (failure === 'NotReadableError') return;
    failure = undefined;
    notSaved.textContent = '';
  });
  store.onError((/** @type {any} */ cause) => {
    failure = `${cause?.name}`;
    notSaved.textContent = storageFailure(failure);
  });
  conversations.onCleared(() => {
    cleared.hidden = false;
  });
  return { checkCleared, dismiss, leave };

  /** Compares the loaded list with that of the last visit. */
  function checkCleared() {
    const lost = hadConversations.read() === 'some' && conversations.list().length === 0;
    cleared.hidden = !lost || failure !== undefined;
    remember();
    conversations.onChange(remember);
  }

  function remember() {
    const has = conversations.list().length > 0 ? 'some' : 'none';
    if (has === 'some') cleared.hidden = true;
    if (has !== hadConversations.read()) hadConversations.write(has);
  }

  /** Hides the notices about another conversation, which was left. */
  function leave() {
    for (const id of ['restorable', 'not-attached']) byId(id).hidden = true;
  }

  /** Hides the notices about what was done before, and the offers to undo a deletion. */
  function dismiss() {
    for (const id of ['cleared', 'undo', 'restorable', 'not-attached']) byId(id).hidden = true;
  }
}
