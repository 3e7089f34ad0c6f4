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
  let isFilled = false; // whether the composer has the draft of the conversation
  const { typed } = store;
  /** @type {Composer} */
  let composer;
  return {
    current: () => conversations.get(id),
    /** Whether the first address was loaded; before, there is nothing to show. */
    isReady: () => ready,
    /** Whether the conversation of the address is the current one; it takes time to load. */
    isLoaded: () => address() === id,
    open,
    show,
    leave,
    saveDraft,
    /** What was typed for the conversation of the address before its draft was read. */
    typed: () => typed.get(address() ?? ''),
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
    if (conversation === id) return;
    visits++;
    id = conversation;
    isFilled = true;
    history.pushState(null, '', `#${id}`);
    changes.notify();
  }

  /**
   * Closes a conversation that was removed. The draft of the new chat is read by the next `visit`.
   * @param {string} conversation
   * @returns {boolean}  whether it was the current one
   */
  function leave(conversation) {
    if (id !== conversation) return false;
    visits++;
    id = undefined;
    isFilled = false;
    history.replaceState(null, '', location.pathname + location.search);
    changes.notify();
    return true;
  }

  /** Before the draft is read, the text does not replace it. @param {string} text */
  function saveDraft(text) {
    if (isFilled && address() === id) drafts.save(id, text);
    else typed.set({ conversation: address() ?? '', text });
  }

  /** @param {Composer} target  receives the draft of each conversation */
  async function start(target) {
    composer = target;
    addEventListener('popstate', onNavigation); // unlike hashchange it is not late: the next key can be Enter
    try {
      await visit();
    } finally {
      ready = true;
      changes.notify();
    }
  }

  /** A link to the conversation that is shown changes nothing. */
  function onNavigation() {
    if (!isFilled || address() !== id || location.hash === `#${NEW}`) visit();
  }

  /** Loads the conversation of the address, and its draft, above what is typed in the meantime. */
  async function visit() {
    const number = ++visits;
    const named = address();
    store.flush();
    isFilled = false;
    if (ready) composer.fill(typed.get(named ?? '') ?? '');
    const loaded = await conversations.load(named);
    if (number !== visits) return;
    id = loaded?.id;
    changes.notify();
    if (location.hash === `#${NEW}`) composer.focus();
    if (!id && location.hash) history.replaceState(null, '', location.pathname + location.search);
    const draft = await drafts.read(id);
    if (number !== visits) return;
    isFilled = true;
    if (composer.text()) composer.prepend(draft);
    else composer.fill(draft);
    for (const key of [id, named]) typed.remove(key ?? '');
  }
}

/** The conversation that the address names. */
function address() {
  const hash = location.hash.slice(1);
  return hash === NEW || hash === '' ? undefined : hash;
}
