/** @import { Chat } from './chat.js' */
/** @import { Conversations } from './conversations.js' */
/** @import { Drafts } from './drafts.js' */
/** @import { Notices } from './notices.js' */
/** @import { Router } from './router.js' */
/** @typedef {ReturnType<typeof actions>} Actions */

/**
 * What the user can do in the current conversation.
 * @param {{
 *   chat: Chat, conversations: Conversations, drafts: Drafts, router: Router, notices: Notices
 * }} dependencies
 * @param {HTMLElement} field  of the message
 */
export function actions({ chat, conversations, drafts, router, notices }, field) {
  return {
    send,
    enqueue,
    unqueue: (/** @type {string} */ message) => drafts.take(current(), message),
    continue: (/** @type {string} */ answer) => chat.continueAnswer(current(), answer),
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
    keepStorage();
  }

  /** Sends a message after the running answer. @param {string} text */
  function enqueue(text) {
    notices.dismiss();
    drafts.enqueue(current() ?? '', text);
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

/** Asks the browser to keep the database, except Firefox, which would ask the user. */
function keepStorage() {
  if (!('mozInnerScreenX' in window)) navigator.storage?.persist?.().catch(() => {});
}
