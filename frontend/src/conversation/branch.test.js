import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alternatives, branch, newestLeaf } from './branch.js';
import { chosen, conversation, progressed } from './conversation.js';

/** @import { Message } from './message.js' */

/** Two answers to one question, the second with a question after it. */
function forked() {
  let state = conversation({ id: 'c', at: 0 });
  state = chosen(state, { type: 'asked', question: 'q', answer: 'a', text: 'Why?', at: 1 });
  state = chosen(state, { type: 'regenerated', of: 'a', answer: 'b', at: 2 });
  return chosen(state, { type: 'asked', question: 'r', answer: 'd', text: 'How?', at: 3 });
}

test('a branch is the way from the first message to the chosen leaf', () => {
  assert.deepEqual(ids(branch(forked())), ['q', 'b', 'r', 'd']);
});

test('a branch whose beginning was lost shows what is left', () => {
  const state = forked();
  delete state.messages.q;
  assert.equal(branch(state)[0].id, 'b');
});

test('alternatives share a parent and come oldest first', () => {
  const state = forked();
  const of = alternatives(state);
  assert.deepEqual(ids(of(state.messages.b)), ['a', 'b']);
  assert.deepEqual(ids(of(state.messages.q)), ['q']);
});

test('an answer that failed without a word is an alternative only while it is shown', () => {
  const problem = { code: 'timeout', message: 'late', retryable: true };
  const state = progressed(forked(), { type: 'failed', id: 'a', problem, at: 4 });
  const of = alternatives(state);
  assert.deepEqual(ids(of(state.messages.b)), ['b']);
  assert.deepEqual(ids(of(state.messages.a)), ['a', 'b']);
});

test('the newest leaf below a message ends its newest continuation', () => {
  assert.equal(newestLeaf(forked(), 'q'), 'd');
  assert.equal(newestLeaf(forked(), 'a'), 'a');
});

/** @param {Message[]} messages */
function ids(messages) {
  return messages.map(({ id }) => id);
}
