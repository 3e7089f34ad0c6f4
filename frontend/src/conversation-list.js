import { deletion } from './deletion.js';
import { byId } from './ui/element.js';
import { sidebar } from './ui/sidebar.js';

/** @import { Conversations } from './conversations.js' */
/** @import { Router } from './router.js' */
/** @import { Composer } from './ui/composer.js' */
/** @typedef {ReturnType<typeof conversationList>} ConversationList */

/**
 * The list of conversations with its actions. Loaded after the page, which works without it.
 * @param {{ conversations: Conversations, router: Router, composer: Composer }} parts
 */
export function conversationList(parts) {
  const { rename, togglePin: pin, exportAll } = parts.conversations;
  const elements = { root: byId('conversation-list'), search: byId('search', HTMLInputElement) };
  return sidebar(elements, { rename, pin, remove: deletion(parts), exportAll });
}
