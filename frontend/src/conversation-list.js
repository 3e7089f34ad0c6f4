import { byId } from './element.js';
import { sidebar } from './ui/sidebar.js';

/** @import { Conversations } from './conversations.js' */
/** @import { Router } from './router.js' */
/** @import { Composer } from './ui/composer.js' */
/** @import { ModuleLoader } from './ui/module-loader.js' */
/** @typedef {ReturnType<typeof conversationList>} ConversationList */
/** @typedef {{ conversations: Conversations, router: Router, composer: Composer, load: ModuleLoader['load'] }} Parts */

/**
 * The list of conversations with its actions. Loaded after the page, which works without it.
 * @param {Parts} parts
 */
export function conversationList(parts) {
  const { rename, togglePin: pin, exportAll } = parts.conversations;
  const elements = { root: byId('conversation-list'), search: byId('search', HTMLInputElement) };
  return sidebar(elements, { rename, pin, remove: deletion(parts), exportAll });
}

/**
 * Deletes a conversation with undo, and reacts to a deletion of the current one by another tab.
 * @param {Parts} parts
 * @returns {(id: string, onRestored: () => void) => Promise<void>}
 */
function deletion({ conversations, router, composer, load }) {
  conversations.onRemoteRemoval(async removed => {
    if (!router.leave(removed.id)) return;
    router.saveDraft(composer.text()); // stays, below a draft of the new chat
    router.visit();
    const { offerUndo } = await load(importUndo);
    offerUndo(byId('restorable'), 'removedElsewhere', () => {
      conversations.restore(removed, composer.text());
      router.saveDraft('');
      router.open(removed.id);
      composer.focus();
    });
  });

  return async (id, onRestored) => {
    const { offerUndo } = await importUndo(); // nothing is deleted without it
    const undo = await conversations.remove(id);
    const wasCurrent = router.leave(id);
    if (wasCurrent) await router.visit();
    offerUndo(byId('undo'), 'removed', () => {
      undo();
      if (wasCurrent) router.open(id);
      onRestored();
    });
  };
}

function importUndo() {
  return import('./ui/offer-undo.js');
}
