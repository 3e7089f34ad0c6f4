import { prompt } from './conversation/branch.js';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation/conversation.js';
import { identifier } from './identifier.js';
import { listeners } from './listeners.js';
import { ChatError, disconnectedProblem } from './stream/chat-error.js';

/** @import { AnswerEvent, Conversation, UserAction } from './conversation/conversation.js' */
/** @import { Listeners } from './listeners.js' */
/** @import { Conversations } from './conversations.js' */
/** @import { TabSync } from './store/tab-sync.js' */
/** @import { Gateway, StreamEvent } from './stream/gateway.js' */
/** @import { PromptMessage } from './conversation/branch.js' */
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
    resume,
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

  /**
   * Goes on with an answer that ended early, in the same message.
   * @param {string | undefined} id
   * @param {string} answer
   */
  async function resume(id, answer) {
    const { continuationJoiner, continuationPrompt } = await import(
      './conversation/continuation.js'
    );
    const before = conversations.get(id);
    const { text, status } = before?.messages[answer] ?? {};
    if (!before || !text || status === 'streaming' || running.has(id)) return;
    const next = applyUserAction(before, { type: 'continued', answer, at: Date.now() });
    conversations.save(next, [answer]);
    stream(next.id, answer, continuationPrompt(next, answer), continuationJoiner(text));
    conversations.flush();
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
    stream(next.id, action.answer, prompt(next));
    conversations.flush();
  }

  /**
   * @param {string} id  of the conversation
   * @param {string} answer
   * @param {PromptMessage[]} messages
   * @param {(event: StreamEvent) => StreamEvent[]} [joiner]  of a continuation
   */
  async function stream(id, answer, messages, joiner) {
    const run = { answer, controller: new AbortController() };
    running.set(id, run);
    publish();
    const release = tabs.lock(answer);
    try {
      for await (const event of gateway.stream(messages, run.controller.signal)) {
        if (running.get(id) !== run) break;
        for (const joined of joiner ? joiner(event) : [event])
          apply(id, { ...joined, id: answer, at: Date.now() });
      }
    } catch (cause) {
      const problem = cause instanceof ChatError ? cause.info : disconnectedProblem();
      if (running.get(id) === run)
        apply(id, { type: 'failed', id: answer, problem, at: Date.now() });
    }
    if (running.get(id) === run) running.delete(id);
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
