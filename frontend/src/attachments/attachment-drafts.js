import { keptAttachments } from './kept-attachments.js';

/** @import { Attachment } from '../conversation/conversation.js' */
/** @import { Conversations } from '../conversations.js' */
/** @import { Drafts } from '../drafts.js' */
/** @import { Router } from '../router.js' */
/** @import { Store } from '../store/store.js' */
/** @typedef {{ store: Store, conversations: Conversations, drafts: Drafts, router: Router }} Parts */

/**
 * What is attached to the messages that are not sent yet, by conversation: in the composer, and to
 * those that wait for the end of an answer. Stored as one record for each conversation beside the
 * draft's text, because that is written with each key press.
 * @param {Parts} parts
 * @param {() => void} onChange  of the list in the composer
 */
export function attachmentDrafts({ store, conversations, drafts, router }, onChange) {
  /** @type {Map<string, Attachment[]>} */
  const lists = new Map(); // in the composer; those that were opened since the page was loaded
  /** @type {Set<string>} */
  const read = new Set(); // whose record was read, so that it can be written
  /** @type {Set<string>} */
  const settled = new Set(); // whose record was read, or cannot be
  /** @type {Set<string>} */
  const removed = new Set(); // whose record stays away, unless they are restored and opened
  let shown = '';
  router.onChange(() => {
    if (shown !== current()) open(current());
  });
  drafts.onChange(save);
  conversations.onRemove(id => {
    removed.add(id);
    keptAttachments.set(id, false);
  });
  drafts.onReturn(({ id, waiting }) => {
    add(id, ...waiting.flatMap(({ attachments = [] }) => attachments));
  });
  return { open: () => open(current()), current, list, isLoading, add, replace, take };

  function current() {
    return router.current()?.id ?? '';
  }

  /** In the composer. */
  function list(id = current()) {
    return lists.get(id) ?? [];
  }

  /** Whether a message would go without what is attached to it. */
  function isLoading(id = current()) {
    return keptAttachments.has(id) && !settled.has(id);
  }

  /** @param {string} id */
  async function open(id) {
    shown = id;
    removed.delete(id);
    onChange();
    if (!lists.has(id)) await load(id);
    else if (list(id).length > 0) save(id); // a removed conversation was restored
  }

  /** Reads what was attached before the page was loaded. @param {string} id */
  async function load(id) {
    lists.set(id, []);
    try {
      const kept = await store.draftAttachments(id);
      read.add(id);
      if (kept.length + list(id).length > 0) replace(id, [...kept, ...list(id)]);
      else keptAttachments.set(id, false);
    } finally {
      settled.add(id);
      if (id === current()) onChange();
    }
  }

  /**
   * @param {string} id
   * @param {Attachment[]} attachments
   */
  function add(id, ...attachments) {
    if (attachments.length === 0) return;
    if (!lists.has(id)) load(id);
    replace(id, [...list(id), ...attachments]);
  }

  /**
   * @param {string} id
   * @param {Attachment[]} attachments
   */
  function replace(id, attachments) {
    lists.set(id, attachments);
    save(id);
    if (id === current()) onChange();
  }

  /** Takes what is sent out of the composer. */
  function take() {
    const taken = list();
    if (taken.length === 0) return undefined;
    replace(current(), []);
    return taken;
  }

  /** @param {string} id */
  function save(id) {
    if (!read.has(id) || removed.has(id)) return;
    const waiting = drafts.waiting(id).flatMap(({ attachments = [] }) => attachments);
    const all = [...waiting, ...list(id)];
    store.saveDraftAttachments(id, all);
    keptAttachments.set(id, all.length > 0);
  }
}
