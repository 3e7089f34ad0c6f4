import { branch } from '../conversation/branch.js';
import { assistantTurn } from './assistant-turn.js';
import { userTurn } from './user-turn.js';

/** @import { Conversation } from '../conversation/conversation.js' */
/** @import { Message } from '../conversation/message.js' */

/**
 * What a turn can ask for.
 * @typedef {{ regenerate: (answer: string) => void }} TurnVerbs
 */

/**
 * What a turn is to its transcript.
 * @typedef {{ element: HTMLElement, update: (message: Message, last: boolean) => void }} Turn
 */

/**
 * Shows the branch of a conversation, a turn for each message.
 * @param {HTMLElement} root
 * @param {TurnVerbs} verbs
 */
export function transcript(root, verbs) {
  /** @type {Map<string, Turn>} */
  const turns = new Map();
  /** @type {string | undefined} */
  let shown;
  return { update };

  /** @param {Conversation | undefined} conversation */
  function update(conversation) {
    const messages = conversation ? branch(conversation) : [];
    if (shown !== conversation?.id) remove([...turns.keys()]);
    shown = conversation?.id;
    const kept = new Set(messages.map(({ id }) => id));
    remove([...turns.keys()].filter(id => !kept.has(id)));
    messages.forEach((message, index) => {
      turnOf(message).update(message, index === messages.length - 1);
    });
  }

  /** @param {string[]} ids */
  function remove(ids) {
    for (const id of ids) {
      turns.get(id)?.element.remove();
      turns.delete(id);
    }
  }

  /**
   * New messages only ever come after those that stay: branches share their beginning.
   * @param {Message} message
   */
  function turnOf(message) {
    const known = turns.get(message.id);
    if (known) return known;
    const made = message.role === 'user' ? userTurn(message) : assistantTurn(message, verbs);
    turns.set(message.id, made);
    root.append(made.element);
    return made;
  }
}
