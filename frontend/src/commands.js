import { byId } from './element.js';
import { drawer } from './ui/drawer.js';
import { shortcuts } from './ui/shortcuts.js';
import { theme as createTheme } from './ui/theme.js';

/** @import { Actions } from './actions.js' */
/** @import { Conversations } from './conversations.js' */
/** @import { Router } from './router.js' */
/** @import { Composer } from './ui/composer.js' */
/** @import { LazyTranscript } from './ui/lazy-transcript.js' */
/** @import { Setting } from './ui/stored-setting.js' */

/**
 * The commands that are available everywhere, in the palette and as shortcuts.
 * @param {{
 *   conversations: Conversations, router: Router, actions: Actions, composer: Composer,
 *   transcript: LazyTranscript, editLast: () => void, spoken: Setting
 * }} parts
 */
export function commands(parts) {
  const { conversations, router, actions, composer, transcript, editLast, spoken } = parts;
  const theme = createTheme();
  const all = {
    palette,
    settings,
    newChat: () => router.open(),
    sidebar: drawer({
      sidebar: byId('sidebar'),
      dialog: byId('drawer', HTMLDialogElement),
      button: byId('toggle-sidebar'),
    }),
    stop: actions.stop,
    write: composer.focus,
    editLast,
    theme: theme.write,
  };
  shortcuts(all);
  byId('open-settings').onclick = settings;

  async function palette() {
    const module = await import('./ui/palette.js');
    const { list, exportAll: read } = conversations;
    if (list().length > 0) transcript.prefetch();
    module.palette(all, { list: list(), read, open: router.open });
  }

  async function settings() {
    const module = await import('./settings.js');
    module.settings({ conversations, router, spoken, theme });
  }
}
