import { newestLeaf } from './conversation/branch.js';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation/conversation.js';
import { prompt } from './conversation/prompt.js';
import { conversations } from './conversations.js';
import { identifier } from './identifier.js';
import { ChatError, disconnectedProblem } from './stream/chat-error.js';

/** @import { AnswerEvent, Conversation, Summary, UserAction } from './conversation/conversation.js' */
/** @import { OtherTabs } from './store/tab-sync.js' */
/** @import { Store } from './store/store.js' */
/** @import { Gateway } from './stream/gateway.js' */
/** @typedef {Summary & { answering: boolean }} Listed */

/**
 * @typedef {object} Parts
 * @property {Gateway} gateway
 * @property {Store} store
 * @property {OtherTabs} tabs
 * @property {() => void} onChange
 * @property {(id: string, back: (draft: string) => void) => void} onRemoved  what was shown, by
 *   another tab; `back` takes it back
 */

/**
 * Runs the answers of the conversations: what the reader chooses and the model says goes through the
 * pure state, into the store, and to whoever watches. Knows nothing of the page.
 * @param {Parts} parts
 */
export function chat({ gateway, store, tabs, onChange, onRemoved }) {
  /** @type {string | undefined} */
  let current;
  let visits = 0; // so that what was opened last is shown, whichever is read first
  /** @type {Listed[]} */
  let list = [];
  const known = conversations({ store, tabs, onChange: relist, onRemoved: removedElsewhere });
  /** @type {Map<string, { answer: string, controller: AbortController }>} */
  const running = new Map();

  return {
    current: () => known.get(current),
    /** The same array until something in it changes. */
    list: () => list,
    isAnswering: (id = current) => running.has(id ?? ''),
    restore,
    open,
    everything: known.everything,
    rename: (/** @type {string} */ id, /** @type {string} */ title) => amend(id, () => ({ title })),
    pin: (/** @type {string} */ id) => amend(id, ({ pinned }) => ({ pinned: !pinned })),
    remove,
    take,
    saveAgain,
    ask,
    edit,
    regenerate,
    select,
    stop,
    interrupt,
  };

  /** Brings back the list of what the store knows. */
  async function restore() {
    await known.restore();
    relist();
  }

  /**
   * Shows a conversation, or none; one that is not known is none.
   * @param {string | undefined} id
   */
  async function open(id) {
    const visit = ++visits;
    const loaded = await known.load(id);
    if (visit !== visits) return;
    current = loaded?.id;
    onChange();
  }

  /** @type {typeof known.amend} */
  function amend(id, change) {
    known.amend(id, change);
    relist();
  }

  /**
   * Deletes a conversation, and ends what is being answered in it.
   * @param {string} id
   * @returns {Promise<() => void>}  takes it back, while the page is there
   */
  async function remove(id) {
    end(id, { type: 'stopped', at: Date.now() });
    const back = await known.remove(id);
    if (current === id) current = undefined;
    relist();
    return () => {
      back();
      relist();
    };
  }

  /** @param {Conversation} removed */
  function removedElsewhere(removed) {
    const { id } = removed;
    const run = running.get(id);
    running.delete(id);
    run?.controller.abort();
    if (current !== id) return;
    current = undefined;
    const ended = run
      ? applyAnswerEvent(removed, { type: 'stopped', id: run.answer, at: Date.now() })
      : removed;
    onRemoved(id, draft => {
      known.bringBack(ended, draft);
      relist();
    });
  }

  function saveAgain() {
    known.saveAgain();
    relist();
  }

  /** @type {typeof known.take} */
  function take(some) {
    known.take(some);
    relist();
  }

  /** @param {string} text */
  function ask(text) {
    if (running.has(current ?? '') || text.trim() === '') return;
    visits++;
    const at = Date.now();
    const before = known.get(current) ?? conversation({ id: identifier(), at });
    current = before.id;
    begin(before, { type: 'asked', question: identifier(), answer: identifier(), text, at });
  }

  /**
   * Asks in another way, beside the first. What is being answered is stopped.
   * @param {string} of  the question
   * @param {string} text
   */
  function edit(of, text) {
    stop();
    const before = known.get(current);
    const [question, answer, at] = [identifier(), identifier(), Date.now()];
    if (before) begin(before, { type: 'edited', of, question, answer, text, at });
  }

  /** @param {string} of  the answer to have another one instead of */
  function regenerate(of) {
    stop();
    const before = known.get(current);
    if (before) begin(before, { type: 'regenerated', of, answer: identifier(), at: Date.now() });
  }

  /**
   * Shows the branch that goes through this message.
   * @param {string} id
   */
  function select(id) {
    const before = known.get(current);
    if (!before) return;
    const next = applyUserAction(before, { type: 'selected', leaf: newestLeaf(before, id) });
    known.keep(next);
    relist();
  }

  /** Ends the answer of the conversation that is shown, and keeps what there is of it. */
  function stop() {
    end(current ?? '', { type: 'stopped', at: Date.now() });
  }

  /** The page is going away: what is still being written is marked and kept now. */
  function interrupt() {
    for (const id of [...running.keys()]) end(id, { type: 'interrupted' });
    store.flush();
  }

  /**
   * @param {Conversation} before
   * @param {Extract<UserAction, { answer: string }>} choice
   */
  function begin(before, choice) {
    const next = applyUserAction(before, choice);
    known.keep(next);
    if ('question' in choice) known.saveMessage(next, choice.question);
    known.saveMessage(next, choice.answer);
    run(next, choice.answer);
    store.flush();
    relist();
  }

  /**
   * @param {Conversation} asked
   * @param {string} answer
   */
  async function run(asked, answer) {
    const { id } = asked;
    const controller = new AbortController();
    running.set(id, { answer, controller });
    const release = tabs.hold(answer);
    try {
      for await (const event of gateway.stream(prompt(asked), controller.signal)) {
        report(id, { ...event, id: answer, at: Date.now() });
      }
    } catch (cause) {
      const problem = cause instanceof ChatError ? cause.info : disconnectedProblem();
      report(id, { type: 'failed', id: answer, problem, at: Date.now() });
    }
    if (running.get(id)?.answer === answer) running.delete(id);
    store.flush();
    release();
    relist();
  }

  /**
   * @param {string} id
   * @param {{ type: 'stopped', at: number } | { type: 'interrupted' }} ending
   */
  function end(id, ending) {
    const run = running.get(id);
    if (!run) return;
    running.delete(id);
    report(id, { ...ending, id: run.answer });
    run.controller.abort();
    relist();
  }

  /**
   * @param {string} id
   * @param {AnswerEvent} progress
   */
  function report(id, progress) {
    const before = known.get(id);
    if (!before) return;
    const next = applyAnswerEvent(before, progress);
    if (next === before) return;
    known.saveMessage(next, progress.id);
    onChange();
  }

  function relist() {
    list = known.list().map(each => ({ ...each, answering: running.has(each.id) }));
    onChange();
  }
}
