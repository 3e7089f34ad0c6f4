import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alternatives, branch, newestLeaf } from './branch.js';
import { chosen, conversation } from './conversation.js';

/** Two answers to one question, the second with a question after it. */
function forked() {
  let state = conversation({ id: 'c', at: 0 });
  state = chosen(state, { type: 'asked', question: 'q', answer: 'a', text: 'Why?', at: 1 });
  state = chosen(state, { type: 'regenerated', of: 'a', answer: 'b', at: 2 });
  return chosen(state, { type: 'asked', question: 'r', answer: 'd', text: 'How?', at: 3 });
}

test('a branch is the way from the first message to the chosen leaf', () => {
  const ids = branch(forked()).map(({ id }) => id);
  assert.deepEqual(ids, ['q', 'b', 'r', 'd']);
});

test('a branch whose beginning was lost shows what is left', () => {
  const state = forked();
  delete state.messages.q;
  assert.equal(branch(state)[0].id, 'b');
});

test('alternatives share a parent and come oldest first', () => {
  const state = forked();
  assert.deepEqual(
    alternatives(state, state.messages.b).map(({ id }) => id),
    ['a', 'b'],
  );
});

test('the newest leaf below a message ends its newest continuation', () => {
  assert.equal(newestLeaf(forked(), 'q'), 'd');
  assert.equal(newestLeaf(forked(), 'a'), 'a');
});
