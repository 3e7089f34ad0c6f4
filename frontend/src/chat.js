import { prompt } from './conversation/branch.js';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation/conversation.js';
import { identifier } from './identifier.js';
import { listeners } from './listeners.js';
import { ChatError, disconnectedProblem } from './stream/chat-error.js';

/** @import { AnswerEvent, Conversation, UserAction } from './conversation/conversation.js' */
/** @import { Listeners } from './listeners.js' */
/** @import { Conversations } from './conversations.js' */
/** @import { TabSync } from './store/tab-sync.js' */
/** @import { Gateway } from './stream/gateway.js' */
/** @typedef {ReturnType<typeof chat>} Chat */

/**
 * The answers that this tab is streaming, at most one per conversation. Has no notion of the page.
 * @param {{ gateway: Gateway, conversations: Conversations, tabs: TabSync }} dependencies
 */
export function chat({ gateway, conversations, tabs }) {
  /** @type {Listeners<void>} */
  const changes = listeners();
  /** @type {Map<string | undefined, { answer: string, controller: AbortController }>} */
  const running = new Map(); // by conversation
  /** @type {Set<string | undefined>} */
  let answering = new Set(); // conversations
  conversations.onRemove(stop);

  return {
    /** The same set until an answer starts or ends. */
    answering: () => answering,
    isAnswering: (/** @type {string | undefined} */ id) => running.has(id),
    ask,
    edit,
    regenerate,
    stop,
    interrupt,
    onChange: changes.add,
  };

  /**
   * @param {string | undefined} id  of the conversation; undefined starts a new one
   * @param {string} text
   * @returns {string | undefined}  the id of the conversation
   */
  function ask(id, text) {
    if (running.has(id) || text.trim() === '') return id;
    const at = Date.now();
    const before = conversations.get(id) ?? conversation({ id: identifier(), at });
    begin(before, { type: 'asked', question: identifier(), answer: identifier(), text, at });
    return before.id;
  }

  /**
   * Asks an edited question as a sibling of the first one. Stops a running answer.
   * @param {string | undefined} id
   * @param {string} of  the first question
   * @param {string} text
   */
  function edit(id, of, text) {
    stop(id);
    const before = conversations.get(id);
    const [question, answer, at] = [identifier(), identifier(), Date.now()];
    if (before) begin(before, { type: 'edited', of, question, answer, text, at });
  }

  /**
   * Requests another answer to the same question. Stops a running answer.
   * @param {string | undefined} id
   * @param {string} of  the first answer
   */
  function regenerate(id, of) {
    stop(id);
    const before = conversations.get(id);
    if (before) begin(before, { type: 'regenerated', of, answer: identifier(), at: Date.now() });
  }

  /** Ends the running answer and keeps its text. @param {string | undefined} id */
  function stop(id) {
    end(id, { type: 'stopped', at: Date.now() });
  }

  /** Marks all running answers as interrupted and saves them, because the page is being closed. */
  function interrupt() {
    for (const id of [...running.keys()]) end(id, { type: 'interrupted' });
    conversations.flush();
  }

  /**
   * @param {Conversation} before
   * @param {Extract<UserAction, { answer: string }>} action
   */
  function begin(before, action) {
    const next = applyUserAction(before, action);
    const messages = 'question' in action ? [action.question, action.answer] : [action.answer];
    conversations.save(next, messages);
    stream(next, action.answer);
    conversations.flush();
  }

  /**
   * @param {Conversation} asked
   * @param {string} answer
   */
  async function stream(asked, answer) {
    const { id } = asked;
    const controller = new AbortController();
    running.set(id, { answer, controller });
    publish();
    const release = tabs.lock(answer);
    try {
      for await (const event of gateway.stream(prompt(asked), controller.signal)) {
        apply(id, { ...event, id: answer, at: Date.now() });
      }
    } catch (cause) {
      const problem = cause instanceof ChatError ? cause.info : disconnectedProblem();
      apply(id, { type: 'failed', id: answer, problem, at: Date.now() });
    }
    if (running.get(id)?.answer === answer) running.delete(id);
    conversations.flush();
    release();
    publish();
  }

  /**
   * @param {string | undefined} id
   * @param {{ type: 'stopped', at: number } | { type: 'interrupted' }} event
   */
  function end(id, event) {
    const run = running.get(id);
    if (!run) return;
    running.delete(id);
    apply(id, { ...event, id: run.answer });
    run.controller.abort();
    publish();
  }

  /**
   * @param {string | undefined} id
   * @param {AnswerEvent} event
   */
  function apply(id, event) {
    const before = conversations.get(id);
    if (!before) return;
    const next = applyAnswerEvent(before, event);
    if (next !== before) conversations.saveMessage(next, event.id);
  }

  function publish() {
    answering = new Set(running.keys());
    changes.notify();
  }
}
