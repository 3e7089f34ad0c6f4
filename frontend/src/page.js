import { branch } from './conversation/branch.js';
import { byId } from './element.js';
import { animationFrame } from './ui/animation-frame.js';
import { announcer } from './ui/announcer.js';
import { narrator as createNarrator } from './ui/narrator.js';
import { scroll } from './ui/scroll.js';
import { viewTransition } from './ui/view-transition.js';

/** @import { Chat } from './chat.js' */
/** @import { Conversations } from './conversations.js' */
/** @import { ConversationList } from './conversation-list.js' */
/** @import { Drafts } from './drafts.js' */
/** @import { Router } from './router.js' */
/** @import { Composer } from './ui/composer.js' */
/** @import { LazyTranscript } from './ui/lazy-transcript.js' */
/** @import { ModuleLoader } from './ui/module-loader.js' */
/** @import { Setting } from './ui/stored-setting.js' */
/** @import { WaitingMessages } from './ui/waiting-messages.js' */

/**
 * Draws the state of the parts, at most once per animation frame.
 * @param {{
 *   chat: Chat, conversations: Conversations, drafts: Drafts, router: Router, composer: Composer,
 *   queue: WaitingMessages, transcript: LazyTranscript, spoken: Setting, load: ModuleLoader['load']
 * }} parts
 */
export function page(parts) {
  const { chat, conversations, drafts, router, composer, queue, transcript, spoken, load } = parts;
  const turns = byId('turns');
  const title = byId('title');
  const name = document.title; // of the page; the operator can change it
  const latest = byId('latest', HTMLButtonElement);
  const position = scroll({ thread: byId('thread'), turns, latest });
  const regions = { status: byId('status'), spoken: byId('spoken') };
  const narrator = createNarrator(announcer(regions), transcript.spokenText, spoken.read);
  const draw = viewTransition(update);
  /** @type {string | undefined} */
  let shown; // the conversation of the last update
  /** @type {ConversationList | undefined} */
  let list;

  const redraw = animationFrame(() => {
    if (router.current()) draw('chat');
    else if (router.isReady()) draw('empty');
  });
  for (const part of [conversations, chat, drafts, router]) {
    part.onChange(redraw);
    part.onChange(announce);
  }
  transcript.onChange(redraw);
  load(() => import('./conversation-list.js')).then(({ conversationList }) => {
    list = conversationList({ conversations, router, composer, load });
    redraw();
  });

  const rows = byId('conversation-list');
  for (const type of ['pointerover', 'focusin']) rows.addEventListener(type, transcript.prefetch);

  drafts.onReturn(({ id, text }) => {
    if (router.current()?.id === id) queue.giveBack(text);
  });

  /** Not once per frame: an answer can start and end within one. */
  function announce() {
    narrator.update(router.current());
  }

  function update() {
    const current = router.current();
    updateTranscript(current);
    list?.update({
      list: conversations.list(),
      current: current?.id,
      answering: chat.answering(),
    });
    composer.update(chat.isAnswering(current?.id));
    queue.update(drafts.waiting(current?.id));
    title.textContent = current?.title ?? name;
    document.title = current ? `${current.title} – ${name}` : name;
  }

  /** @param {ReturnType<Router['current']>} current */
  function updateTranscript(current) {
    const last = turns.lastElementChild;
    if (!transcript.update(current)) return;
    const isNew = turns.lastElementChild !== last;
    if (isNew && current && branch(current).at(-1)?.status === 'streaming') position.anchor();
    else if (current?.id !== shown) position.toEnd();
    shown = current?.id;
  }
}
