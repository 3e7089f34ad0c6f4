import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alternatives } from './alternatives.js';
import { branch, newestLeaf } from './branch.js';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation.js';

/** @import { Message } from './conversation.js' */

/** Two answers to one question; the second one is followed by a question. */
function forked() {
  let state = conversation({ id: 'c', at: 0 });
  state = applyUserAction(state, {
    type: 'asked',
    question: 'q',
    answer: 'a',
    text: 'Why?',
    at: 1,
  });
  state = applyUserAction(state, { type: 'regenerated', of: 'a', answer: 'b', at: 2 });
  return applyUserAction(state, { type: 'asked', question: 'r', answer: 'd', text: 'How?', at: 3 });
}

test('a branch is the path from the first message to the leaf', () => {
  assert.deepEqual(ids(branch(forked())), ['q', 'b', 'r', 'd']);
});

test('a branch with a missing first message starts at the next one', () => {
  const state = forked();
  delete state.messages.q;
  assert.equal(branch(state)[0].id, 'b');
});

test('versions of a message share its parent and are sorted by age', () => {
  const state = forked();
  const of = alternatives(state);
  assert.deepEqual(ids(of(state.messages.b)), ['a', 'b']);
  assert.deepEqual(ids(of(state.messages.q)), ['q']);
});

test('a failed answer without text is a version only of itself', () => {
  const problem = { code: 'timeout', message: 'late', retryable: true };
  const state = applyAnswerEvent(forked(), { type: 'failed', id: 'a', problem, at: 4 });
  const of = alternatives(state);
  assert.deepEqual(ids(of(state.messages.b)), ['b']);
  assert.deepEqual(ids(of(state.messages.a)), ['a', 'b']);
});

test('the newest leaf is reached through the newest children', () => {
  assert.equal(newestLeaf(forked(), 'q'), 'd');
  assert.equal(newestLeaf(forked(), 'a'), 'a');
});

test('the newest leaf of a conversation of 20,000 messages is found', () => {
  const place = /** @type {const} */ ({ conversation: 'c', role: 'user', text: 't', createdAt: 1 });
  const all = Array.from({ length: 20_000 }, (_, at) => ({
    ...place,
    id: `${at}`,
    parent: at === 0 ? null : `${at - 1}`,
    status: /** @type {const} */ ('complete'),
  }));
  const messages = Object.fromEntries(all.map(message => [message.id, message]));
  assert.equal(newestLeaf({ ...forked(), messages }, '0'), '19999');
});

/** @param {Message[]} messages */
function ids(messages) {
  return messages.map(({ id }) => id);
}
