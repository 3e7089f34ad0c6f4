import { strings } from './strings/strings.js';

/** @import { Chat } from './chat.js' */
/** @import { Conversations } from './conversations.js' */
/** @import { Notices } from './notices.js' */
/** @import { Router } from './router.js' */
/** @typedef {ReturnType<typeof actions>} Actions */

/**
 * What the user can do in the current conversation.
 * @param {{ chat: Chat, conversations: Conversations, router: Router, notices: Notices }} dependencies
 * @param {HTMLElement} field  of the message
 */
export function actions({ chat, conversations, router, notices }, field) {
  return {
    send,
    continue: () => send(strings.continuePrompt),
    edit,
    regenerate: (/** @type {string} */ answer) => chat.regenerate(current(), answer),
    select: (/** @type {string} */ message) => conversations.select(current(), message),
    stop: () => chat.stop(current()),
    isAnswering: () => chat.isAnswering(current()),
  };

  function current() {
    return router.current()?.id;
  }

  /** @param {string} text */
  function send(text) {
    notices.dismiss();
    router.show(chat.ask(current(), text));
    navigator.storage?.persist?.().catch(() => {});
  }

  /**
   * @param {string} question
   * @param {string} text
   */
  function edit(question, text) {
    if (matchMedia('(pointer: fine)').matches) field.focus();
    chat.edit(current(), question, text);
  }
}
