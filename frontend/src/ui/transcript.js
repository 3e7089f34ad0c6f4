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

const atOnce = 20; // turns; more than a screen holds, and drawn before the next frame
const slice = 10; // turns drawn in one idle moment

/** @type {(task: () => void) => void} */
const whenIdle = globalThis.requestIdleCallback ?? (task => setTimeout(task, 50));

/**
 * Shows the branch of a conversation, a turn for each message. Of a long one that is opened the
 * end comes first, and the rest above it when there is time.
 * @param {HTMLElement} root
 * @param {TurnVerbs} verbs
 */
export function transcript(root, verbs) {
  /** @type {Map<string, Turn>} */
  const turns = new Map();
  /** @type {string | undefined} */
  let shown;
  /** @type {Message[]} */
  let messages = [];
  let first = 0; // the first message that has its turn
  let waiting = false; // for an idle moment
  return { update };

  /** @param {Conversation | undefined} conversation */
  function update(conversation) {
    messages = conversation ? branch(conversation) : [];
    const start = Math.max(0, messages.length - atOnce);
    first = shown === conversation?.id ? Math.min(first, start) : start;
    shown = conversation?.id;
    removeOthers(new Set(messages.slice(first).map(({ id }) => id)));
    show(messages.slice(first), made => root.append(made));
    goOn();
  }

  function goOn() {
    if (first === 0 || waiting) return;
    waiting = true;
    whenIdle(earlier);
  }

  function earlier() {
    waiting = false;
    const end = first;
    first = Math.max(0, end - slice);
    const fragment = new DocumentFragment();
    show(messages.slice(first, end), made => fragment.append(made));
    root.prepend(fragment);
    goOn();
  }

  /** @param {Set<string>} kept */
  function removeOthers(kept) {
    for (const [id, { element }] of turns) {
      if (kept.has(id)) continue;
      element.remove();
      turns.delete(id);
    }
  }

  /**
   * @param {Message[]} some
   * @param {(made: HTMLElement) => void} place  for turns that are new; they come in their order
   */
  function show(some, place) {
    for (const message of some) {
      const turn = turns.get(message.id) ?? make(message);
      if (!turn.element.parentNode) place(turn.element);
      turn.update(message, message === messages.at(-1));
    }
  }

  /** @param {Message} message */
  function make(message) {
    const made = message.role === 'user' ? userTurn(message) : assistantTurn(message, verbs);
    turns.set(message.id, made);
    return made;
  }
}
