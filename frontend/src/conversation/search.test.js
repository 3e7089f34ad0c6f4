import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosen, conversation } from './conversation.js';
import { search } from './search.js';

/**
 * @param {string} id
 * @param {string[]} questions
 */
function asked(id, ...questions) {
  return questions.reduce(
    (state, text, at) =>
      chosen(state, { type: 'asked', question: `${id}q${at}`, answer: `${id}a${at}`, text, at }),
    conversation({ id, at: 0 }),
  );
}

const all = [asked('tea', 'Green tea', 'How long does it draw?'), asked('sea', 'Why is it blue?')];
const find = search(
  all,
  all.flatMap(({ messages }) => Object.values(messages)),
);

test('finds by title and by what was written, in any case', () => {
  assert.deepEqual([...find('green TEA')], ['tea']);
  assert.deepEqual([...find('DRAW')], ['tea']);
});

test('every word must be there, in any message', () => {
  assert.deepEqual([...find('green long')], ['tea']);
  assert.deepEqual([...find('green blue')], []);
});

test('a word that is still being typed finds already', () => {
  assert.deepEqual([...find('blu')], ['sea']);
  assert.deepEqual([...find('it')], ['tea', 'sea']);
});
