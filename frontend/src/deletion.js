import { byId } from './ui/element.js';

/** @import { Conversations } from './conversations.js' */
/** @import { Router } from './router.js' */
/** @import { Composer } from './ui/composer.js' */

/**
 * Deletes a conversation with undo, and reacts to a deletion of the current one by another tab.
 * @param {{ conversations: Conversations, router: Router, composer: Composer }} dependencies
 * @returns {(id: string, onRestored: () => void) => Promise<void>}
 */
export function deletion({ conversations, router, composer }) {
  conversations.onRemoteRemoval(removed => {
    if (!router.leave(removed.id)) return;
    router.saveDraft(composer.text()); // the text in the composer stays
    offerUndo('removed-elsewhere', 'removedElsewhere', () => {
      conversations.restore(removed, composer.text());
      router.saveDraft('');
      router.open(removed.id);
      composer.focus();
    });
  });

  return async (id, onRestored) => {
    const undo = await conversations.remove(id);
    const wasCurrent = router.leave(id);
    if (wasCurrent) await router.visit();
    await offerUndo('undo', 'removed', () => {
      undo();
      if (wasCurrent) router.open(id);
      onRestored();
    });
  };
}

/**
 * @param {string} id  of the notice
 * @param {'removed' | 'removedElsewhere'} deletion
 * @param {() => void} undo
 */
async function offerUndo(id, deletion, undo) {
  const { offerUndo } = await import('./ui/offer-undo.js');
  offerUndo(byId(id), deletion, undo);
}
