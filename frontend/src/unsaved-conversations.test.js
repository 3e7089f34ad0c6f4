import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation/conversation.js';
import { search } from './conversation/search.js';
import { conversations } from './conversations.js';
import { store } from './store/store.js';
import { tabs } from './store/tabs.fixture.js';

const asked = applyUserAction(conversation({ id: 'c', at: 0 }), {
  type: 'asked',
  question: 'q',
  answer: 'a',
  text: 'River?',
  at: 1,
});
const begun = withText(asked, 'The Ni');

test('a conversation that could not be saved is exported and found', async () => {
  const known = open(store(() => Promise.reject(new Error('no storage'))));
  await known.loadList();
  known.save(begun, ['q', 'a']);
  const { conversations: list, messages } = await known.exportAll();
  assert.deepEqual(
    list.map(({ title }) => title),
    ['River?'],
  );
  assert.deepEqual(
    messages.map(({ text }) => text),
    ['River?', 'The Ni'],
  );
  assert.equal(search(list, messages)('the ni').size, 1);
});

test('an answer whose last write failed for lack of room is exported as it is seen', async t => {
  const records = store();
  /** @type {unknown[]} */
  const errors = [];
  records.onError(error => void errors.push(error));
  const known = open(records);
  known.save(begun, ['q', 'a']);
  assert.equal((await known.exportAll()).messages.length, 2);

  t.mock.method(IDBObjectStore.prototype, 'put', () => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  known.save(withText(begun, 'le'), ['a']);
  const { messages } = await known.exportAll();
  assert.equal(errors.length, 1);
  assert.equal(messages.find(({ id }) => id === 'a')?.text, 'The Nile');
});

/** @param {import('./store/store.js').Store} records */
function open(records) {
  return conversations({ store: records, tabs: tabs(1)[0] });
}

/**
 * @param {import('./conversation/conversation.js').Conversation} state
 * @param {string} text
 */
function withText(state, text) {
  return applyAnswerEvent(state, { type: 'delta', id: 'a', text, at: 2 });
}
