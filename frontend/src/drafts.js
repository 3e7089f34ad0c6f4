import { listeners } from './listeners.js';

/** @import { Chat } from './chat.js' */
/** @import { Attachment } from './conversation/conversation.js' */
/** @import { Conversations } from './conversations.js' */
/** @import { Listeners } from './listeners.js' */
/** @import { Store } from './store/store.js' */
/** @typedef {ReturnType<typeof drafts>} Drafts */
/** @typedef {{ text: string, attachments?: Attachment[] }} Question */
/**
 * `text`: in the composer; `answer`: the one that the messages follow.
 * @typedef {{ waiting: Question[], text: string, answer: string }} Queue
 */

/**
 * What is written and not sent, by conversation: the text in the composer, and the messages that
 * wait for the end of an answer. Both are stored as one draft, so that after a reload the waiting
 * messages are in the composer again. What is attached is stored by attachments/attachment-drafts.js.
 * @param {{ store: Store, chat: Chat, conversations: Conversations }} dependencies
 */
export function drafts({ store, chat, conversations }) {
  /** @type {Listeners<string>} */
  const changes = listeners(); // of a conversation's waiting messages
  /** @type {Listeners<{ id: string, text: string, waiting: Question[] }>} */
  const returns = listeners();
  /** @type {Map<string, Queue>} */
  const queues = new Map(); // with at least one message that waits
  /** @type {Question[]} */
  const none = [];
  chat.onChange(() => [...queues.keys()].forEach(onAnswerChange));
  conversations.onRemove(id => queues.delete(id));

  return {
    save,
    read,
    /** The same array until it changes. */
    waiting: (/** @type {string | undefined} */ id) => queues.get(id ?? '')?.waiting ?? none,
    enqueue,
    take,
    onChange: changes.add,
    /** The waiting messages go back to the composer, because the answer has no end to follow. */
    onReturn: returns.add,
  };

  /**
   * @param {string | undefined} id
   * @param {string} text  in the composer
   */
  function save(id = '', text) {
    const queue = queues.get(id);
    if (queue) queues.set(id, { ...queue, text });
    store.saveDraft({ conversation: id, text: joined(queue?.waiting, text) });
  }

  /** The text for the composer. @param {string | undefined} id */
  async function read(id = '') {
    return queues.get(id)?.text ?? (await store.draft(id));
  }

  /**
   * @param {string} id
   * @param {string} text
   * @param {Attachment[]} [attachments]
   */
  function enqueue(id, text, attachments) {
    update(id, [...(queues.get(id)?.waiting ?? []), { text, attachments }], '');
  }

  /**
   * Takes a message out of the queue.
   * @param {string | undefined} id
   * @param {Question} message
   * @returns {boolean}  whether it was waiting; it can have been sent in the meantime
   */
  function take(id = '', message) {
    const { waiting, text } = queues.get(id) ?? { waiting: none, text: '' };
    const index = waiting.indexOf(message);
    if (index >= 0) update(id, waiting.toSpliced(index, 1), text);
    return index >= 0;
  }

  /**
   * @param {string} id
   * @param {Question[]} waiting
   * @param {string} text
   */
  function update(id, waiting, text) {
    const answer = chat.runningAnswer(id) ?? '';
    if (waiting.length > 0) queues.set(id, { waiting, text, answer });
    else queues.delete(id);
    store.saveDraft({ conversation: id, text: joined(waiting, text) });
    changes.notify(id);
  }

  /**
   * Sends the next message after a complete answer, unless another version of it is shown now.
   * @param {string} id
   */
  function onAnswerChange(id) {
    const conversation = conversations.get(id);
    const queue = queues.get(id);
    if (!conversation || !queue || chat.isAnswering(id)) return;
    const { answer } = queue;
    const { status, cutShort } = conversation.messages[answer] ?? {};
    if (status === 'streaming') return; // it is suspended
    if (status === 'complete' && !cutShort && conversation.leaf === answer) {
      const [next] = queue.waiting;
      chat.ask(id, next.text, next.attachments);
      take(id, next);
      return;
    }
    const text = joined(queue.waiting, queue.text);
    update(id, [], text);
    returns.notify({ id, text, waiting: queue.waiting });
  }
}

/**
 * @param {Question[] | undefined} waiting
 * @param {string} text
 */
function joined(waiting = [], text) {
  const texts = [...waiting, { text }].map(one => one.text);
  return texts.filter(one => one !== '').join('\n\n');
}
