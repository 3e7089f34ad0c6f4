/** @import { Attachment } from '../conversation/conversation.js' */
/** @import { Question } from '../drafts.js' */
/** @import { ModuleLoader } from './module-loader.js' */
/** @import { WaitingList } from './waiting-list.js' */
/** @typedef {ReturnType<typeof waitingMessages>} WaitingMessages */
/**
 * @typedef {object} Handlers
 * @property {(message: Question) => boolean} unqueue  takes a message out; false if it was sent
 * @property {(text: string, attachments?: Attachment[]) => void} prepend  to the message in the composer
 * @property {(text: string) => void} fill
 * @property {() => void} focus
 * @property {ModuleLoader['load']} load
 */

/**
 * The messages that wait for the end of an answer, above the composer. Their list is loaded with the
 * first one.
 * @param {HTMLElement} form  the composer
 * @param {Handlers} handlers
 */
export function waitingMessages(form, { unqueue, prepend, fill, focus, load }) {
  /** @type {Question[]} */
  let shown = [];
  /** @type {WaitingList | undefined} */
  let list;
  return { update, editLast, giveBack };

  /** @param {Question[]} messages  the same array if nothing has changed */
  async function update(messages) {
    if (messages === shown || messages.length + shown.length === 0) return;
    shown = messages;
    const { waitingList } = await load(() => import('./waiting-list.js'));
    list ??= waitingList(form, { edit, remove });
    list.update(shown);
  }

  /** Moves the last message to the composer. @returns {boolean}  whether there was one */
  function editLast() {
    if (shown.length === 0) return false;
    edit(shown[shown.length - 1]);
    return true;
  }

  /** @param {Question} message */
  function edit(message) {
    if (unqueue(message)) prepend(message.text, message.attachments);
    focus();
  }

  /** @param {Question} message */
  function remove(message) {
    unqueue(message);
    focus();
  }

  /**
   * Fills the composer with the messages that will not be sent, and with its own text.
   * @param {string} text
   */
  async function giveBack(text) {
    fill(text);
    const { announceReturn } = await import('./waiting-list.js');
    announceReturn(form);
  }
}
