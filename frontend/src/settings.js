import { byId } from './element.js';
import { offerUndo } from './ui/offer-undo.js';
import { settings as settingsDialog } from './ui/settings.js';
import { storedSetting } from './ui/stored-setting.js';

/** @import { Conversations } from './conversations.js' */
/** @import { Router } from './router.js' */
/** @import { Setting } from './ui/stored-setting.js' */
/** @typedef {{ conversations: Conversations, router: Router }} Parts */

/**
 * Opens the settings. Loaded on demand.
 * @param {Parts & { spoken: Setting, theme: Setting }} parts
 */
export function settings({ conversations, router, spoken, theme }) {
  const { list, exportAll, applyImport, flush, choices, choose } = conversations;
  const id = router.current()?.id;
  const current = {
    read: () => choices(id).instructions ?? '',
    write: (/** @type {string} */ instructions) => choose(id, { instructions }),
  };
  settingsDialog({
    spoken,
    theme,
    instructions: { all: storedSetting('instructions', ''), current },
    exportAll,
    applyImport,
    flush,
    count: () => list().length,
    removeAll: () => removeAll({ conversations, router }),
  });
}

/**
 * Removes all conversations, and offers to undo that above the composer, which is always visible.
 * @param {Parts} parts
 */
async function removeAll({ conversations, router }) {
  const ids = conversations.list().map(({ id }) => id);
  const current = router.current()?.id;
  const undo = await conversations.remove(...ids);
  byId('drawer', HTMLDialogElement).close();
  if (current && router.leave(current)) await router.visit();
  const restore = () => {
    undo();
    if (current) router.open(current);
    document.querySelector('textarea')?.focus();
  };
  offerUndo(byId('restorable'), 'removedAll', restore, ids.length);
}
