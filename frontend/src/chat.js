import { prompt } from './conversation/branch.js';
import { applyAnswerEvent, applyUserAction } from './conversation/conversation.js';
import { identifier } from './identifier.js';
import { listeners } from './listeners.js';
import { ChatError, disconnectedProblem } from './stream/chat-error.js';

/** @import { AnswerEvent, Attachment, Conversation, Message, UserAction } from './conversation/conversation.js' */
/** @import { Listeners } from './listeners.js' */
/** @import { Conversations, Unread } from './conversations.js' */
/** @import { TabSync } from './store/tab-sync.js' */
/** @import { ErrorInfo } from './stream/chat-error.js' */
/** @import { AnswerRequest, Gateway, StreamEvent } from './stream/gateway.js' */
/** @import { ModuleLoader } from './ui/module-loader.js' */
/** @typedef {ReturnType<typeof chat>} Chat */
/** @typedef {{ answer: string, controller: AbortController, lock: Promise<() => void> }} Run */

/**
 * The answers that this tab is streaming, at most one per conversation. Has no notion of the page.
 * @param {{ gateway: Gateway, conversations: Conversations, tabs: TabSync, load: ModuleLoader['load'] }} dependencies
 */
export function chat({ gateway, conversations, tabs, load }) {
  /** @type {Listeners<void>} */
  const changes = listeners();
  /** @type {Map<string | undefined, Run>} */
  const running = new Map(); // by conversation
  /** @type {Map<string | undefined, string>} */
  const suspended = new Map(); // answers by conversation, until they go on or have ended
  /** @type {Set<string | undefined>} */
  let answering = new Set(); // conversations
  conversations.onRemove(stop);
  conversations.onUnread(resume);
  conversations.onChange(forgetEnded);

  return {
    /** The same set until an answer starts or ends. */
    answering: () => answering,
    isAnswering: (/** @type {string | undefined} */ id) => running.has(id),
    /** The id of the answer. */
    runningAnswer: (/** @type {string | undefined} */ id) => running.get(id)?.answer,
    ask,
    edit,
    regenerate,
    continueAnswer,
    stop,
    suspend,
    onChange: changes.add,
  };

  /**
   * @param {string | undefined} id  of the conversation; undefined starts a new one
   * @param {string} text
   * @param {Attachment[]} [attachments]
   * @returns {string | undefined}  the id of the conversation
   */
  function ask(id, text, attachments) {
    if (running.has(id) || (text.trim() === '' && !attachments)) return id;
    const at = Date.now();
    const before = conversations.get(id) ?? conversations.create(at);
    const [question, answer] = [identifier(), identifier()];
    begin(before, { type: 'asked', question, answer, text, attachments, at });
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
  async function continueAnswer(id, answer) {
    const { continuationJoiner, continuationPrompt } = await import(
      './conversation/continuation.js'
    );
    const before = conversations.get(id);
    const { text, status } = before?.messages[answer] ?? {};
    if (!before || !text || status === 'streaming' || running.has(id)) return;
    const key = gateway.resumeKey();
    const next = applyUserAction(before, { type: 'continued', answer, at: Date.now(), key });
    conversations.save(next, [answer]);
    const messages = continuationPrompt(next, answer);
    stream(next.id, answer, { messages, key }, continuationJoiner(text));
    conversations.flush();
  }

  /**
   * Goes on with an answer that was streaming when the page, or another tab, was closed, if it can be
   * resumed.
   * @param {Unread} unread
   */
  async function resume({ message, release }) {
    const { id: answer, conversation: id, resumable } = message;
    const joiner = await joinerFor(message);
    const isFree = !running.has(id);
    if (isFree && resumable && conversations.get(id)?.messages[answer]) {
      const request = { key: resumable.key, after: resumable.last };
      return stream(id, answer, request, joiner, Promise.resolve(release));
    }
    apply(id, { type: 'interrupted', id: answer });
    release();
  }

  /** Of an answer that is a continuation. @param {Message} message */
  async function joinerFor({ text, resumed }) {
    if (!resumed) return undefined;
    const { continuationJoiner } = await load(() => import('./conversation/continuation.js'));
    return continuationJoiner(text.slice(0, resumed.length), text.length > resumed.length);
  }

  /** Ends the running answer and keeps its text. @param {string | undefined} id */
  function stop(id) {
    end(id, { type: 'stopped', at: Date.now() });
  }

  /**
   * Saves the running answers, because the page is being closed: those that can be resumed as they
   * are, and the others as interrupted. Without locks, two tabs could resume one.
   */
  function suspend() {
    for (const [id, { answer }] of running)
      if (!tabs.canLock || !resumableOf(id, answer)) end(id, { type: 'interrupted' });
    for (const [id, { answer, controller, lock }] of running) {
      apply(id, { type: 'suspended', id: answer, at: Date.now() });
      running.delete(id);
      suspended.set(id, answer);
      controller.abort();
      lock.then(release => release());
    }
    conversations.flush();
  }

  /**
   * @param {Conversation} before
   * @param {Extract<UserAction, { answer: string }>} action
   */
  function begin(before, action) {
    const key = gateway.resumeKey();
    const next = applyUserAction(before, { ...action, key });
    const messages = 'question' in action ? [action.question, action.answer] : [action.answer];
    conversations.save(next, messages);
    stream(next.id, action.answer, { messages: prompt(next), key });
    conversations.flush();
  }

  /**
   * @param {string} id  of the conversation
   * @param {string} answer
   * @param {AnswerRequest} request
   * @param {(event: StreamEvent) => StreamEvent[]} [joiner]  of a continuation
   */
  async function stream(id, answer, request, joiner, lock = tabs.lock(answer)) {
    const run = { answer, controller: new AbortController(), lock };
    running.set(id, run);
    suspended.delete(id);
    publish();
    try {
      const { signal } = run.controller;
      for await (const event of gateway.stream(request, signal, conversations.get(id))) {
        if (running.get(id) !== run) break;
        for (const joined of joiner ? joiner(event) : [event])
          apply(id, { ...joined, id: answer, at: Date.now() });
      }
    } catch (cause) {
      const problem = cause instanceof ChatError ? cause.info : disconnectedProblem();
      if (running.get(id) === run) fail(id, answer, problem);
    }
    conversations.flush();
    lock.then(release => release());
    if (running.get(id) !== run) return;
    running.delete(id);
    publish();
  }

  /**
   * The text of an answer that could not be resumed is kept, and can be continued.
   * @param {string} id
   * @param {string} answer
   * @param {ErrorInfo} problem
   */
  function fail(id, answer, problem) {
    const { text } = conversations.get(id)?.messages[answer] ?? {};
    const isLost = problem.code === 'broken_off' && text && resumableOf(id, answer);
    const ending = isLost
      ? { type: /** @type {const} */ ('interrupted') }
      : { type: /** @type {const} */ ('failed'), problem, at: Date.now() };
    apply(id, { ...ending, id: answer });
  }

  /**
   * @param {string | undefined} id
   * @param {{ type: 'stopped', at: number } | { type: 'interrupted' }} event
   */
  function end(id, event) {
    const run = running.get(id);
    if (!run) return;
    const { answer, controller } = run;
    const key = resumableOf(id, answer)?.key;
    running.delete(id);
    apply(id, { ...event, id: answer });
    const abort = () => controller.abort();
    if (key) gateway.cancel(key).then(abort, abort);
    else abort();
    publish();
  }

  /**
   * @param {string | undefined} id
   * @param {string} answer
   */
  function resumableOf(id, answer) {
    return conversations.get(id)?.messages[answer]?.resumable;
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

  /** After the page is shown again, another tab can have received the end of a suspended answer. */
  function forgetEnded() {
    for (const [id, answer] of suspended) {
      if (conversations.get(id)?.messages[answer]?.status === 'streaming') continue;
      suspended.delete(id);
      publish();
    }
  }

  function publish() {
    answering = new Set([...running.keys(), ...suspended.keys()]);
    changes.notify();
  }
}
