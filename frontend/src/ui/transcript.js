import { alternatives } from '../conversation/alternatives.js';
import { branch } from '../conversation/branch.js';
import { assistantTurn } from './assistant-turn.js';
import { linkHost } from './link-host.js';
import { userTurn } from './user-turn.js';

/** @import { Attachment, Conversation, Message } from '../conversation/conversation.js' */
/** @import { Accepted } from '../stream/capabilities.js' */

/**
 * @typedef {object} TurnHandlers
 * @property {(answer: string) => void} regenerate
 * @property {(answer: string) => void} continue
 * @property {(question: string, text: string) => void} edit
 * @property {(message: string) => void} select  shows this version
 * @property {(conversation: string, question: string, attachments: Attachment[]) => void} attach
 * @property {() => Accepted[] | undefined} accepts  what can be attached, as far as it is known
 * @property {(listener: () => void) => void} onAnnounced  after that has changed
 * @property {(model: string) => string} modelLabel
 */

/** @typedef {{ last: boolean, versions: Message[], conversation: Conversation }} Placement */

/**
 * @typedef {object} Turn
 * @property {HTMLElement} element
 * @property {(message: Message, placement: Placement) => void} update
 * @property {() => void} [edit]
 */

const INITIAL_TURNS = 12; // drawn at once; more than a screen holds
const IDLE_BATCH = 10; // turns drawn in one idle period, at most
const MIN_IDLE_MS = 8; // the cost of two turns, at most

/** @type {(task: (deadline?: IdleDeadline) => void) => void} */
const whenIdle = globalThis.requestIdleCallback ?? (task => setTimeout(task, 50));

/**
 * Shows the branch of a conversation, one turn per message. A long one is drawn from its end: the
 * earlier turns follow in idle periods.
 * @param {HTMLElement} root
 * @param {TurnHandlers} handlers
 */
export function transcript(root, handlers) {
  /** @type {Map<string, Turn>} */
  const turns = new Map();
  /** @type {string | undefined} */
  let shown;
  /** @type {Message[]} */
  let messages = [];
  /** @type {Conversation} */
  let conversation;
  let first = 0; // index of the first message with a turn
  let scheduled = false;
  /** @type {(message: Message) => Message[]} */
  let versions = () => [];
  linkHost(root);
  import('../render/spoken-text.js').then(
    ({ prepare }) => whenIdle(prepare),
    () => {}, // answers are shown all the same
  );
  return { update, editLast };

  /** @param {Conversation | undefined} next */
  function update(next) {
    messages = next ? branch(next) : [];
    if (next) {
      versions = alternatives(next);
      conversation = next;
    }
    const start = Math.max(0, messages.length - INITIAL_TURNS);
    first = shown === next?.id ? Math.min(first, start) : start;
    shown = next?.id;
    const focus = removeOthers(new Set(messages.slice(first).map(({ id }) => id)));
    show(messages.slice(first), element => root.append(element));
    if (focus) restoreFocus(focus);
    scheduleEarlier();
  }

  /** Opens the editor of the last question. */
  function editLast() {
    const last = messages.findLast(({ role }) => role === 'user');
    turns.get(last?.id ?? '')?.edit?.();
  }

  function scheduleEarlier() {
    if (first === 0 || scheduled) return;
    scheduled = true;
    whenIdle(drawEarlier);
  }

  /** @param {IdleDeadline} [deadline] */
  function drawEarlier(deadline) {
    scheduled = false;
    const end = first;
    do {
      const next = root.firstElementChild;
      const last = first;
      first = Math.max(0, first - 2);
      show(messages.slice(first, last), element => root.insertBefore(element, next));
    } while (
      first > 0 &&
      end - first < IDLE_BATCH &&
      (deadline?.timeRemaining() ?? MIN_IDLE_MS) >= MIN_IDLE_MS
    );
    scheduleEarlier();
  }

  /**
   * @param {Set<string>} ids  to keep
   * @returns {Focus | undefined}  the focus, if it was removed
   */
  function removeOthers(ids) {
    let focus;
    for (const [id, { element }] of turns) {
      if (ids.has(id)) continue;
      if (element.contains(document.activeElement)) focus = focusIn(element);
      element.remove();
      turns.delete(id);
    }
    return focus;
  }

  /** @param {Focus} focus */
  function restoreFocus({ index, name }) {
    const same = root.children[index]?.querySelector(`button[name="${name}"]`);
    const next = same?.checkVisibility() ? same : root.parentElement;
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  }

  /**
   * @param {Message[]} batch
   * @param {(element: HTMLElement) => void} insert  called for new turns, in order
   */
  function show(batch, insert) {
    for (const message of batch) {
      const turn = turns.get(message.id) ?? create(message);
      if (!turn.element.parentNode) insert(turn.element);
      const last = message === messages.at(-1);
      turn.update(message, { last, versions: versions(message), conversation });
    }
  }

  /** @param {Message} message */
  function create(message) {
    const turn = (message.role === 'user' ? userTurn : assistantTurn)(message, handlers);
    turns.set(message.id, turn);
    return turn;
  }
}

/**
 * What a screen reader says of an answer. Its module arrives after what is shown.
 * @param {string} markdown
 * @param {string} setting
 */
export async function spokenText(markdown, setting) {
  const module = await import('../render/spoken-text.js');
  return module.spokenText(markdown, setting);
}

/**
 * @typedef {{ index: number, name: string }} Focus  the index of a turn, the name of a button
 * @param {HTMLElement} turn
 * @returns {Focus}
 */
function focusIn(turn) {
  const index = [...(turn.parentElement?.children ?? [])].indexOf(turn);
  return { index, name: document.activeElement?.getAttribute('name') ?? '' };
}
