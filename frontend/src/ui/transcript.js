import { alternatives, branch } from '../conversation/branch.js';
import { assistantTurn } from './assistant-turn.js';
import { userTurn } from './user-turn.js';

/** @import { Conversation } from '../conversation/conversation.js' */
/** @import { Message } from '../conversation/message.js' */

/**
 * What a turn can ask for.
 * @typedef {object} TurnVerbs
 * @property {(answer: string) => void} regenerate
 * @property {() => void} carryOn  where the last answer ended
 * @property {(question: string, text: string) => void} edit
 * @property {(message: string) => void} select  instead of what is shown in its place
 */

/** @typedef {{ last: boolean, versions: Message[] }} Place */
/** @typedef {ReturnType<typeof transcript>} Transcript */

/**
 * What a turn is to its transcript.
 * @typedef {object} Turn
 * @property {HTMLElement} element
 * @property {(message: Message, place: Place) => void} update
 * @property {() => void} [edit]
 */

const atOnce = 12; // turns; more than a screen holds, and drawn before the next frame
const slice = 10; // turns drawn in one idle moment, if it is long enough
const costly = 8; // milliseconds that two turns may take

/** @type {(task: (deadline?: IdleDeadline) => void) => void} */
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
  /** @type {(message: Message) => Message[]} */
  let versions = () => [];
  return { update, editLast };

  /** @param {Conversation | undefined} conversation */
  function update(conversation) {
    messages = conversation ? branch(conversation) : [];
    if (conversation) versions = alternatives(conversation);
    const start = Math.max(0, messages.length - atOnce);
    first = shown === conversation?.id ? Math.min(first, start) : start;
    shown = conversation?.id;
    const focused = removeOthers(new Set(messages.slice(first).map(({ id }) => id)));
    show(messages.slice(first), made => root.append(made));
    if (focused) focusAgain(focused);
    goOn();
  }

  /** Lets the reader change the last question. */
  function editLast() {
    const last = messages.findLast(({ role }) => role === 'user');
    turns.get(last?.id ?? '')?.edit?.();
  }

  function goOn() {
    if (first === 0 || waiting) return;
    waiting = true;
    whenIdle(earlier);
  }

  /** @param {IdleDeadline} [deadline] */
  function earlier(deadline) {
    waiting = false;
    const end = first;
    do {
      const next = root.firstElementChild;
      const last = first;
      first = Math.max(0, first - 2);
      show(messages.slice(first, last), made => root.insertBefore(made, next));
    } while (first > 0 && end - first < slice && (deadline?.timeRemaining() ?? costly) >= costly);
    goOn();
  }

  /**
   * @param {Set<string>} kept
   * @returns {Focused | undefined}  what had the focus, if it went
   */
  function removeOthers(kept) {
    let focused;
    for (const [id, { element }] of turns) {
      if (kept.has(id)) continue;
      if (element.contains(document.activeElement)) focused = focusedIn(element);
      element.remove();
      turns.delete(id);
    }
    return focused;
  }

  /** @param {Focused} focused */
  function focusAgain({ at, name }) {
    const same = root.children[at]?.querySelector(`button[name="${name}"]`);
    const next = same?.checkVisibility() ? same : root.parentElement;
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  }

  /**
   * @param {Message[]} some
   * @param {(made: HTMLElement) => void} place  for turns that are new; they come in their order
   */
  function show(some, place) {
    for (const message of some) {
      const turn = turns.get(message.id) ?? make(message);
      if (!turn.element.parentNode) place(turn.element);
      turn.update(message, { last: message === messages.at(-1), versions: versions(message) });
    }
  }

  /** @param {Message} message */
  function make(message) {
    const made = (message.role === 'user' ? userTurn : assistantTurn)(message, verbs);
    turns.set(message.id, made);
    return made;
  }
}

/**
 * @typedef {{ at: number, name: string }} Focused  which button in which turn
 * @param {HTMLElement} turn
 * @returns {Focused}
 */
function focusedIn(turn) {
  const at = [...(turn.parentElement?.children ?? [])].indexOf(turn);
  return { at, name: document.activeElement?.getAttribute('name') ?? '' };
}
