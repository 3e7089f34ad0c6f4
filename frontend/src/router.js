import { listeners } from './listeners.js';

/** @import { Conversations } from './conversations.js' */
/** @import { Drafts } from './drafts.js' */
/** @import { Listeners } from './listeners.js' */
/** @import { Store } from './store/store.js' */
/** @import { Composer } from './ui/composer.js' */
/** @typedef {ReturnType<typeof router>} Router */

const NEW = 'new'; // the address `#new` is a new chat

/**
 * The current conversation, which the hash of the address names, and its draft in the composer.
 * @param {{ conversations: Conversations, drafts: Drafts, store: Store }} dependencies
 */
export function router({ conversations, drafts, store }) {
  /** @type {Listeners<void>} */
  const changes = listeners();
  /** @type {string | undefined} */
  let id;
  let visits = 0; // a slower load of an earlier address must not win
  let ready = false;
  /** @type {Composer} */
  let composer;
  return {
    current: () => conversations.get(id),
    /** Whether the first address was loaded; before, there is nothing to show. */
    isReady: () => ready,
    open,
    show,
    leave,
    saveDraft,
    address,
    start,
    visit,
    onChange: changes.add,
  };

  /** @param {string} [conversation]  by default a new chat */
  function open(conversation = NEW) {
    location.hash = conversation;
  }

  /** Shows a loaded conversation. @param {string | undefined} conversation */
  function show(conversation) {
    visits++;
    if (conversation === id) return;
    id = conversation;
    history.pushState(null, '', `#${id}`);
    changes.notify();
  }

  /**
   * Closes a conversation that was removed.
   * @param {string} conversation
   * @returns {boolean}  whether it was the current one
   */
  function leave(conversation) {
    if (id !== conversation) return false;
    visits++;
    id = undefined;
    history.replaceState(null, '', location.pathname + location.search);
    changes.notify();
    return true;
  }

  /** @param {string} text */
  function saveDraft(text) {
    drafts.save(ready ? id : address(), text);
  }

  /** @param {Composer} target  receives the draft of each conversation */
  async function start(target) {
    composer = target;
    addEventListener('hashchange', visit);
    await visit();
    ready = true;
    changes.notify();
  }

  /** Loads the conversation of the address, and its draft. */
  async function visit() {
    const number = ++visits;
    const typed = composer.text();
    store.flush();
    const loaded = await conversations.load(address());
    if (number !== visits) return;
    id = loaded?.id;
    changes.notify();
    if (location.hash === `#${NEW}`) composer.focus();
    if (!id && location.hash) history.replaceState(null, '', location.pathname + location.search);
    const draft = await drafts.read(id);
    const unchanged = number === visits && composer.text() === typed;
    if (unchanged && draft !== typed && (draft || ready)) composer.fill(draft);
  }
}

/** The conversation that the address names. */
function address() {
  const hash = location.hash.slice(1);
  return hash === NEW || hash === '' ? undefined : hash;
}
