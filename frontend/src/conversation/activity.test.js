import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activityEvent } from './activity.js';
import { applyAnswerEvent, applyUserAction, conversation, isActing } from './conversation.js';

/** @import { Conversation } from './conversation.js' */

const summary = (/** @type {unknown} */ delta, summary_index = 0) => ({
  type: 'response.reasoning_summary_text.delta',
  summary_index,
  delta,
});
const clear = (/** @type {string} */ delta) => ({
  type: 'response.reasoning_text.delta',
  content_index: 0,
  delta,
});
const search = (/** @type {unknown} */ output_index, more = {}) => ({
  type: 'response.web_search_call.searching',
  output_index,
  ...more,
});
const documents = { type: 'response.file_search_call.searching', output_index: 3 };
const citation = (/** @type {object | null} */ annotation) => ({
  type: 'response.output_text.annotation.added',
  annotation,
});
const page = citation({ type: 'url_citation', url: 'https://a.example/', title: 'A' });

test('the parts of reasoning are separated by a blank line', () => {
  const { reasoning } = after(asked(), summary('One'), summary(' more'), summary('Two', 1));
  assert.equal(reasoning, 'One more\n\nTwo');
  assert.equal(after(asked(), summary('One'), clear('In clear')).reasoning, 'One\n\nIn clear');
});

test('the thinking time ends with the text', () => {
  let state = reduce(asked(), [summary('One')], 5001);
  state = text(state, 'Well', 6001);
  assert.equal(reduce(state, [summary('Two')], 9001).messages.a.activity?.thinkingMs, 5000);
});

test('a search has its query as soon as it is known, and its page', () => {
  const { searches, current } = after(
    asked(),
    search(0),
    search(2),
    search(0, { query: 'tea\nprice' }),
    search(2, { url: 'https://a.example/x' }),
  );
  assert.deepEqual(searches, [
    { type: 'web', index: 0, query: 'tea price' },
    { type: 'web', index: 2, url: 'https://a.example/x' },
  ]);
  assert.equal(current, 1);
});

test('a search of documents and thinking follow each other', () => {
  const { searches, current } = after(asked(), documents);
  assert.deepEqual([searches, current], [[{ type: 'file', index: 3 }], 0]);
  assert.equal(after(asked(), documents, summary('So')).current, undefined);
});

test('at most 50 searches are kept', () => {
  const many = Array.from({ length: 60 }, (_, index) => search(index, { query: `q${index}` }));
  const { searches = [] } = after(asked(), ...many);
  assert.deepEqual([searches.length, searches.at(-1)?.query], [50, 'q59']);
});

test('of long reasoning the newest part is kept', () => {
  const { reasoning } = after(asked(), summary('a'.repeat(200_000)), summary('b'));
  assert.deepEqual([reasoning?.length, reasoning?.slice(-2)], [200_000, 'ab']);
});

test('sources are listed once, without a word about what the model does', () => {
  const state = reduce(text(asked(), 'Well', 2), [page, page], 3);
  assert.deepEqual(state.messages.a.activity?.sources, [{ url: 'https://a.example/', title: 'A' }]);
  assert.equal(isActing(state.messages.a), false);
  const file = citation({ type: 'file_citation', filename: 'a.pdf' });
  assert.deepEqual(after(asked(), file).sources, [{ filename: 'a.pdf' }]);
});

test('the model acts until its next text', () => {
  let state = reduce(text(asked(), 'Well', 2), [search(0)], 3);
  assert.equal(isActing(state.messages.a), true);
  state = text(state, ', so', 4);
  assert.equal(isActing(state.messages.a), false);
  assert.equal(isActing(reduce(state, [summary('Hm')], 5).messages.a), true);
});

for (const [what, event] of Object.entries({
  'a delta that is no text': summary(1),
  'an empty delta': summary(''),
  'a search without its number': search(undefined),
  'a search with a text as its number': search('1'),
  'an annotation that is null': citation(null),
  'an annotation of another type': citation({ type: 'container_file_citation', filename: 'a' }),
  'a source of another scheme': citation({ type: 'url_citation', url: 'javascript:alert(1)' }),
  'a file without a name': citation({ type: 'file_citation', filename: ' ' }),
  'an unknown event of the family': { type: 'response.web_search_call.completed', output_index: 0 },
  'the name of a property of objects': { type: 'constructor' },
}))
  test(`${what} is no event`, () => assert.equal(activityEvent(event), undefined));

test('an answer that begins again loses its activity', () => {
  const state = reduce(asked(), [summary('One'), search(0), page], 2);
  const again = applyAnswerEvent(state, { type: 'restarted', model: 'm', id: 'a', at: 3 });
  assert.equal(again.messages.a.activity, undefined);
  assert.equal(after(again, summary('Two')).reasoning, 'Two');
});

test('a continuation keeps the earlier activity, and a restart keeps only that', () => {
  let state = text(
    reduce(asked(), [summary('One'), search(0, { query: 'q' })], 1001),
    'Half',
    1002,
  );
  state = applyAnswerEvent(state, { type: 'stopped', id: 'a', at: 1003 });
  state = applyUserAction(state, { type: 'continued', answer: 'a', at: 2000 });
  assert.equal(isActing(state.messages.a), false);
  const continued = reduce(state, [summary('Two'), search(0, { query: 'r' }), page], 2500);
  const { reasoning, searches, sources, thinkingMs } = continued.messages.a.activity ?? {};
  assert.deepEqual([reasoning, thinkingMs, sources?.length], ['One\n\nTwo', 1500, 1]);
  assert.deepEqual(searches, [
    { type: 'web', query: 'q' },
    { type: 'web', index: 0, query: 'r' },
  ]);
  const again = applyAnswerEvent(continued, { type: 'restarted', model: 'm', id: 'a', at: 3000 });
  assert.deepEqual(again.messages.a.activity, state.messages.a.activity);
});

test('an event keeps the number with which the answer is resumed', () => {
  const action = /** @type {const} */ ({ type: 'asked', question: 'q', answer: 'a', text: 'Why?' });
  const empty = conversation({ id: 'c', at: 0 });
  const state = applyUserAction(empty, { ...action, at: 1, key: 'k' });
  const numbered = { ...summary('One'), sequence_number: 7 };
  assert.equal(reduce(state, [numbered], 2).messages.a.resumable?.last, 7);
});

/**
 * @param {Conversation} state
 * @param {object[]} events
 */
function after(state, ...events) {
  const { activity } = reduce(state, events, 2).messages.a;
  assert.ok(activity);
  return activity;
}

/**
 * @param {Conversation} state
 * @param {object[]} events
 * @param {number} at
 */
function reduce(state, events, at) {
  for (const data of events) {
    const event = activityEvent(data);
    assert.ok(event);
    state = applyAnswerEvent(state, { ...event, id: 'a', at });
  }
  return state;
}

/**
 * @param {Conversation} state
 * @param {string} delta
 * @param {number} at
 */
function text(state, delta, at) {
  return applyAnswerEvent(state, { type: 'delta', text: delta, id: 'a', at });
}

function asked() {
  const action = /** @type {const} */ ({ type: 'asked', question: 'q', answer: 'a', text: 'Why?' });
  return applyUserAction(conversation({ id: 'c', at: 0 }), { ...action, at: 1 });
}
