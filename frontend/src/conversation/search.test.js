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
  assert.deepEqual([...find('green TEA').keys()], ['tea']);
  assert.deepEqual([...find('DRAW').keys()], ['tea']);
});

test('search requires every word, in any message', () => {
  assert.deepEqual([...find('green long').keys()], ['tea']);
  assert.deepEqual([...find('green blue').keys()], []);
});

test('search matches parts of words', () => {
  assert.deepEqual([...find('blu').keys()], ['sea']);
  assert.deepEqual([...find('it').keys()], ['tea', 'sea']);
});

/**
 * The context of the only match, in a conversation with these messages.
 * @param {string} query
 * @param {string[]} messages
 */
function contextOf(query, ...messages) {
  const one = asked('one', 'About the house', ...messages);
  const found = search([one], Object.values(one.messages))(query);
  return found.get('one')?.context();
}

test('search ignores accents in the text and in the query', () => {
  const text = 'Ein Café in der Straße nach Łódź';
  for (const query of ['cafe', 'CAFÉ', 'cafe\u0301', 'strasse', 'lodz'])
    assert.equal(contextOf(query, text), text, query);
});

test('search keeps the letters of scripts without accents apart', () => {
  assert.equal(contextOf('か', 'がっこう'), undefined);
  assert.equal(contextOf('の', '私の本'), '私の本');
  assert.equal(contextOf('السلام', 'السَّلامُ'), 'السَّلامُ');
});

test('a match in the title has no context', () => {
  assert.equal(contextOf('house', 'The house is red'), '');
});

test('the context begins shortly before the match, at a word, without Markdown', () => {
  const long = 'word '.repeat(40);
  assert.equal(
    contextOf('needle', `${long}\n\n| **a** | needle |\n\n${long}`)?.slice(0, 42),
    '…word word word word word a needle word wo',
  );
});

test('the context is that of the message with the most words', () => {
  assert.equal(contextOf('red door', 'A door', 'Its door is red'), 'Its door is red');
});

test('a query of Markdown characters has its context', () => {
  assert.equal(contextOf('**bold', 'Some **bold** text'), '**bold** text');
});

test('contexts hold no half surrogate pairs', () => {
  const context = contextOf('needle', `${'🙂'.repeat(200)}needle${'🙂'.repeat(200)}`) ?? '';
  assert.ok(context.includes('needle'));
  assert.ok(context.length <= 162);
});
