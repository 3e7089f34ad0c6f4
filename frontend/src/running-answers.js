import { storedSetting } from './ui/stored-setting.js';

/** @import { Chat } from './chat.js' */
/** @import { Conversations } from './conversations.js' */
/** @import { Router } from './router.js' */

/**
 * Lets the answers of all conversations go on after the page was closed, reloaded, or shown again: the
 * conversations that are being answered in the tabs of this browser are stored, and loaded at the start.
 * @param {{ chat: Chat, conversations: Conversations, router: Router }} dependencies
 */
export function runningAnswers({ chat, conversations, router }) {
  const stored = storedSetting('answering', '');
  /** @type {Iterable<string | undefined>} */
  let known = [];
  let isStarted = false;
  addEventListener('pagehide', chat.suspend);
  addEventListener('pageshow', event => event.persisted && conversations.followAll());
  chat.onChange(update);
  router.onChange(() => {
    if (isStarted || !router.isReady()) return;
    isStarted = true;
    resume();
  });

  function update() {
    const answering = chat.answering();
    const ids = read();
    for (const id of known) ids.delete(id);
    for (const id of answering) ids.add(id);
    known = answering;
    write(ids);
  }

  /** Loads them, so that their answers are followed. One that has ended is forgotten. */
  async function resume() {
    for (const id of read()) {
      const conversation = await conversations.load(id);
      const messages = Object.values(conversation?.messages ?? {});
      if (messages.some(({ status }) => status === 'streaming')) continue;
      const ids = read();
      ids.delete(id);
      write(ids);
    }
  }

  /** @returns {Set<string | undefined>} */
  function read() {
    return new Set(stored.read().split(' ').filter(Boolean));
  }

  /** @param {Set<string | undefined>} ids */
  function write(ids) {
    stored.write([...ids].join(' '));
  }
}
