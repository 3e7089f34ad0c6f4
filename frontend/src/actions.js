/** @import { Chat } from './chat.js' */
/** @import { Attachment } from './conversation/conversation.js' */
/** @import { Conversations } from './conversations.js' */
/** @import { Drafts, Question } from './drafts.js' */
/** @import { Notices } from './notices.js' */
/** @import { Router } from './router.js' */
/** @import { Gateway } from './stream/gateway.js' */
/** @typedef {ReturnType<typeof actions>} Actions */

/**
 * What the user can do in the current conversation.
 * @param {{
 *   chat: Chat, conversations: Conversations, drafts: Drafts, router: Router, notices: Notices,
 *   gateway: Gateway
 * }} dependencies
 * @param {HTMLElement} field  of the message
 */
export function actions({ chat, conversations, drafts, router, notices, gateway }, field) {
  return {
    canSend: router.isLoaded,
    send,
    enqueue,
    unqueue: (/** @type {Question} */ message) => drafts.take(current(), message),
    continue: (/** @type {string} */ answer) => chat.continueAnswer(current(), answer),
    edit,
    attach: conversations.attach,
    accepts: gateway.accepts,
    onAnnounced: gateway.onAnnounced,
    regenerate: (/** @type {string} */ answer) => chat.regenerate(current(), answer),
    select: (/** @type {string} */ message) => conversations.select(current(), message),
    stop: () => chat.stop(current()),
    isAnswering: () => chat.isAnswering(current()),
  };

  function current() {
    return router.current()?.id;
  }

  /**
   * @param {string} text
   * @param {Attachment[]} [attachments]
   */
  function send(text, attachments) {
    notices.dismiss();
    router.show(chat.ask(current(), text, attachments));
    keepStorage();
  }

  /**
   * Sends a message after the running answer.
   * @param {string} text
   * @param {Attachment[]} [attachments]
   */
  function enqueue(text, attachments) {
    notices.dismiss();
    drafts.enqueue(current() ?? '', text, attachments);
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
