import { newestLeaf } from './conversation/branch.js';
import { chosen, conversation, progressed } from './conversation/conversation.js';
import { prompt } from './conversation/prompt.js';
import { identifier } from './identifier.js';
import { brokenOff, Failure } from './stream/failure.js';

/** @import { Choice, Conversation, Progress, Summary } from './conversation/conversation.js' */
/** @import { Message } from './conversation/message.js' */
/** @import { Store } from './store/store.js' */
/** @import { Gateway } from './stream/gateway.js' */
/** @typedef {Summary & { answering: boolean }} Listed */
/** @typedef {{ conversations: Summary[], messages: Message[] }} Everything */

/**
 * Holds the conversations and runs their answers: what the reader chooses and the model says goes
 * through the pure state, into the store, and to whoever watches. Knows nothing of the page.
 * @param {{ gateway: Gateway, store: Store, onChange: () => void }} parts
 */
export function chat({ gateway, store, onChange }) {
  /** @type {string | undefined} */
  let current;
  let visits = 0; // so that what was opened last is shown, whichever is read first
  /** @type {Map<string, Summary>} */
  const summaries = new Map();
  /** @type {Listed[]} */
  let list = [];
  /** @type {Map<string, Conversation>} */
  const loaded = new Map();
  /** @type {Map<string, { answer: string, controller: AbortController }>} */
  const running = new Map();

  return {
    current: () => loaded.get(current ?? ''),
    /** The same array until something in it changes. */
    list: () => list,
    isAnswering: (id = current) => running.has(id ?? ''),
    restore,
    open,
    everything,
    rename: (/** @type {string} */ id, /** @type {string} */ title) => amend(id, { title }),
    pin: (/** @type {string} */ id) => amend(id, { pinned: !summaries.get(id)?.pinned }),
    remove,
    ask,
    edit,
    regenerate,
    select,
    stop,
    interrupt,
  };

  /** Brings back the list of what the store knows. */
  async function restore() {
    for (const summary of await store.conversations()) summaries.set(summary.id, summary);
    relist();
  }

  /**
   * Shows a conversation, or none; one that is not known is none.
   * @param {string | undefined} id
   */
  async function open(id) {
    const visit = ++visits;
    await load(id ?? '');
    if (visit !== visits) return;
    current = summaries.has(id ?? '') ? id : undefined;
    onChange();
  }

  /** @param {string} id */
  async function load(id) {
    const summary = summaries.get(id);
    if (summary && !loaded.has(id)) {
      const messages = await store.messages(id);
      if (!loaded.has(id)) loaded.set(id, revived(summary, messages));
    }
    return loaded.get(id);
  }

  /** What is stored, as it stands now. @returns {Promise<Everything>} */
  async function everything() {
    store.flush();
    return { conversations: await store.conversations(), messages: await store.allMessages() };
  }

  /**
   * @param {string} id
   * @param {Partial<Summary>} change
   */
  function amend(id, change) {
    const summary = summaries.get(id);
    if (!summary) return;
    const whole = loaded.get(id);
    if (whole) loaded.set(id, { ...whole, ...change });
    store.saveConversation({ ...summary, ...change });
    summaries.set(id, { ...summary, ...change });
    relist();
  }

  /**
   * Deletes a conversation for good.
   * @param {string} id
   * @returns {Promise<() => void>}  takes it back, while the page is there
   */
  async function remove(id) {
    end(id, { type: 'stopped', at: Date.now() });
    store.flush();
    const [removed, draft] = [await load(id), await store.draft(id)];
    if (!removed) return () => {};
    summaries.delete(id);
    loaded.delete(id);
    if (current === id) current = undefined;
    store.remove(removed);
    store.flush();
    relist();
    return () => bringBack(removed, draft);
  }

  /**
   * @param {Conversation} removed
   * @param {string} draft
   */
  function bringBack(removed, draft) {
    loaded.set(removed.id, removed);
    summarise(removed);
    for (const message of Object.values(removed.messages)) store.saveMessage(message);
    if (draft) store.saveDraft({ conversation: removed.id, text: draft });
    store.flush();
    relist();
  }

  /** @param {string} text */
  function ask(text) {
    if (running.has(current ?? '') || text.trim() === '') return;
    visits++;
    const at = Date.now();
    const before = loaded.get(current ?? '') ?? conversation({ id: identifier(), at });
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
    const before = loaded.get(current ?? '');
    const [question, answer, at] = [identifier(), identifier(), Date.now()];
    if (before) begin(before, { type: 'edited', of, question, answer, text, at });
  }

  /** @param {string} of  the answer to have another one instead of */
  function regenerate(of) {
    stop();
    const before = loaded.get(current ?? '');
    if (before) begin(before, { type: 'regenerated', of, answer: identifier(), at: Date.now() });
  }

  /**
   * Shows the branch that goes through this message.
   * @param {string} id
   */
  function select(id) {
    const before = loaded.get(current ?? '');
    if (!before) return;
    const next = chosen(before, { type: 'selected', leaf: newestLeaf(before, id) });
    loaded.set(next.id, next);
    summarise(next);
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
   * @param {Extract<Choice, { answer: string }>} choice
   */
  function begin(before, choice) {
    const next = chosen(before, choice);
    if ('question' in choice) store.saveMessage(next.messages[choice.question]);
    summarise(next);
    keep(next, choice.answer);
    store.flush();
    run(next, choice.answer);
    relist();
  }

  /** @param {Conversation} next */
  function summarise({ messages: _messages, ...summary }) {
    store.saveConversation(summary);
    summaries.set(summary.id, summary);
  }

  /**
   * @param {Conversation} asked
   * @param {string} answer
   */
  async function run(asked, answer) {
    const { id } = asked;
    const controller = new AbortController();
    running.set(id, { answer, controller });
    try {
      for await (const event of gateway.answer(prompt(asked), controller.signal)) {
        report(id, { ...event, id: answer, at: Date.now() });
      }
    } catch (cause) {
      const problem = cause instanceof Failure ? cause.problem : brokenOff();
      report(id, { type: 'failed', id: answer, problem, at: Date.now() });
    }
    if (running.get(id)?.answer === answer) running.delete(id);
    store.flush();
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
   * @param {Progress} progress
   */
  function report(id, progress) {
    const before = loaded.get(id);
    if (!before) return;
    const next = progressed(before, progress);
    if (next !== before) keep(next, progress.id);
  }

  function relist() {
    list = [...summaries.values()].map(each => ({ ...each, answering: running.has(each.id) }));
    onChange();
  }

  /**
   * @param {Conversation} next
   * @param {string} message  the one that changed
   */
  function keep(next, message) {
    loaded.set(next.id, next);
    store.saveMessage(next.messages[message]);
    onChange();
  }
}

/**
 * An answer the store holds as streaming belongs to a page that went away.
 * @param {Summary} summary
 * @param {Message[]} messages
 * @returns {Conversation}
 */
function revived(summary, messages) {
  /** @type {Conversation} */
  const stored = {
    ...summary,
    messages: Object.fromEntries(messages.map(message => [message.id, message])),
  };
  return messages
    .filter(({ status }) => status === 'streaming')
    .reduce((state, { id }) => progressed(state, { type: 'interrupted', id }), stored);
}
