import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyUserAction, conversation } from './conversation.js';
import { search } from './search.js';

/**
 * @param {string} id
 * @param {string[]} questions
 */
function asked(id, ...questions) {
  return questions.reduce(
    (state, text, at) =>
      applyUserAction(state, {
        type: 'asked',
        question: `${id}q${at}`,
        answer: `${id}a${at}`,
        text,
        at,
      }),
    conversation({ id, at: 0 }),
  );
}

const all = [asked('tea', 'Green tea', 'How long does it draw?'), asked('sea', 'Why is it blue?')];
const find = search(
  all,
  all.flatMap(({ messages }) => Object.values(messages)),
);

test('search is case-insensitive and covers titles and messages', () => {
  assert.deepEqual([...find('green TEA')], ['tea']);
  assert.deepEqual([...find('DRAW')], ['tea']);
});

test('search requires every word, in any message', () => {
  assert.deepEqual([...find('green long')], ['tea']);
  assert.deepEqual([...find('green blue')], []);
});

test('search matches parts of words', () => {
  assert.deepEqual([...find('blu')], ['sea']);
  assert.deepEqual([...find('it')], ['tea', 'sea']);
});
