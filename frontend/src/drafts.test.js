import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation/conversation.js';
import { drafts } from './drafts.js';
import { listeners } from './listeners.js';

/** @import { AnswerEvent, Conversation } from './conversation/conversation.js' */

test('a waiting message is sent after a complete answer, the others wait for the next one', () => {
  const { tested, stored, asked, end } = answering();
  tested.enqueue('c', 'Second');
  tested.enqueue('c', 'Third');
  assert.deepEqual(textsOf(tested.waiting('c')), ['Second', 'Third']);
  assert.equal(stored.get('c'), 'Second\n\nThird');
  end({ type: 'completed' });
  assert.deepEqual(asked, ['Second']);
  assert.deepEqual(textsOf(tested.waiting('c')), ['Third']);
  assert.equal(stored.get('c'), 'Third');
  end({ type: 'completed' });
  assert.deepEqual(asked, ['Second', 'Third']);
  assert.equal(stored.get('c'), '');
});

const problem = { code: 'timeout', message: 'late', retryable: true };
for (const [what, event] of /** @type {[string, any][]} */ ([
  ['failed', { type: 'failed', problem }],
  ['was stopped', { type: 'stopped' }],
  ['was interrupted', { type: 'interrupted' }],
  ['reached its length limit', { type: 'incomplete', reason: 'max_output_tokens' }],
]))
  test(`the waiting messages return to the composer if the answer ${what}`, () => {
    const { tested, stored, asked, end } = answering();
    /** @type {object[]} */
    const returned = [];
    tested.onReturn(one => returned.push(one));
    tested.enqueue('c', 'Second');
    tested.save('c', 'Third, half writ');
    end(event);
    assert.deepEqual(asked, []);
    assert.deepEqual(tested.waiting('c'), []);
    const waiting = [{ text: 'Second', attachments: undefined }];
    assert.deepEqual(returned, [{ id: 'c', text: 'Second\n\nThird, half writ', waiting }]);
    assert.equal(stored.get('c'), 'Second\n\nThird, half writ');
  });

test('the waiting messages wait for an answer that is suspended', () => {
  const { tested, asked, suspend, end } = answering();
  tested.enqueue('c', 'Second');
  suspend();
  assert.deepEqual([textsOf(tested.waiting('c')), asked], [['Second'], []]);
  end({ type: 'completed' });
  assert.deepEqual(asked, ['Second']);
});

test('the composer of a conversation has its text without the waiting messages', async () => {
  const { tested } = answering();
  tested.enqueue('c', 'Second');
  tested.save('c', 'Third');
  assert.equal(await tested.read('c'), 'Third');
});

test('after a reload the composer has the waiting messages and its text', async () => {
  const { tested, stored } = answering();
  tested.enqueue('c', 'Second');
  tested.save('c', 'Third');
  assert.equal(await answering(stored).tested.read('c'), 'Second\n\nThird');
});

test('a message that is taken out is not sent', () => {
  const { tested, stored, asked, end } = answering();
  tested.enqueue('c', 'Second');
  const [second] = tested.waiting('c');
  assert.equal(tested.take('c', second), true);
  assert.equal(tested.take('c', second), false);
  end({ type: 'completed' });
  assert.deepEqual(asked, []);
  assert.equal(stored.get('c'), '');
});

test('a waiting message is sent with what is attached to it, also without a text', () => {
  const { tested, attached, end } = answering();
  const photo = { id: 'a', type: /** @type {const} */ ('image'), name: 'a.jpg', blob: new Blob() };
  tested.enqueue('c', '', [photo]);
  end({ type: 'completed' });
  assert.deepEqual(attached, [[photo]]);
});

for (const [shown, event, sent] of /** @type {[string, any, string[]][]} */ ([
  ['another version', { type: 'completed' }, []],
  ['another version', { type: 'failed', problem }, []],
  ['the same version again', { type: 'completed' }, ['Second']],
]))
  test(`a waiting message follows its answer, which is ${event.type} while ${shown} is shown`, () => {
    const { tested, asked, end, regenerate, select } = answering();
    /** @type {string[]} */
    const returned = [];
    tested.onReturn(({ text }) => returned.push(text));
    end({ type: 'completed' });
    regenerate();
    tested.enqueue('c', 'Second');
    select('a1');
    if (shown !== 'another version') select('second');
    end(event);
    assert.deepEqual(asked, sent);
    assert.deepEqual(returned, sent.length > 0 ? [] : ['Second']);
  });

test('the waiting messages of a removed conversation are not sent', () => {
  const { tested, asked, end, removals } = answering();
  tested.enqueue('c', 'Second');
  removals.notify('c');
  end({ type: 'completed' });
  assert.deepEqual(asked, []);
});

/** @param {{ text: string }[]} questions */
function textsOf(questions) {
  return questions.map(({ text }) => text);
}

/** The drafts beside a conversation that is being answered. @param {Map<string, string>} stored */
function answering(stored = new Map()) {
  /** @type {string[]} */
  const asked = [];
  /** @type {unknown[]} */
  const attached = []; // to each of them
  const changes = /** @type {import('./listeners.js').Listeners<void>} */ (listeners());
  const removals = /** @type {import('./listeners.js').Listeners<string>} */ (listeners());
  let isAnswering = true;
  let number = 0;
  let running = 'a1';
  let state = ask(conversation({ id: 'c', at: 0 }), 'First');
  const tested = drafts({
    store: /** @type {any} */ ({
      draft: async (/** @type {string} */ id) => stored.get(id) ?? '',
      saveDraft: (/** @type {{ conversation: string, text: string }} */ draft) =>
        void stored.set(draft.conversation, draft.text),
    }),
    chat: /** @type {any} */ ({
      onChange: changes.add,
      isAnswering: () => isAnswering,
      runningAnswer: () => (isAnswering ? running : undefined),
      ask: (
        /** @type {string} */ _id,
        /** @type {string} */ text,
        /** @type {any} */ attachments,
      ) => {
        asked.push(text);
        attached.push(attachments);
        isAnswering = true;
        state = ask(state, text);
        changes.notify();
      },
    }),
    conversations: /** @type {any} */ ({ get: () => state, onRemove: removals.add }),
  });
  return { tested, stored, asked, attached, end, suspend, regenerate, select, removals };

  function suspend() {
    isAnswering = false;
    changes.notify();
  }

  function regenerate() {
    isAnswering = true;
    running = 'second';
    state = applyUserAction(state, { type: 'regenerated', of: 'a1', answer: running, at: 8 });
  }

  /** @param {string} leaf */
  function select(leaf) {
    state = applyUserAction(state, { type: 'selected', leaf });
    changes.notify();
  }

  /** @param {any} event */
  function end(event) {
    isAnswering = false;
    state = applyAnswerEvent(state, /** @type {AnswerEvent} */ ({ ...event, id: running, at: 9 }));
    changes.notify();
  }

  /**
   * @param {Conversation} before
   * @param {string} text
   */
  function ask(before, text) {
    number++;
    running = `a${number}`;
    const ids = { question: `q${number}`, answer: running };
    return applyUserAction(before, { type: 'asked', ...ids, text, at: number });
  }
}
