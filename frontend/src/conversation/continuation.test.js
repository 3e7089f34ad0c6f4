import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sentAttachments } from '../attachments/sent-attachments.js';
import { prompt } from './branch.js';
import { continuationJoiner, continuationPrompt, textJoiner } from './continuation.js';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation.js';

/** @import { Attachment } from './conversation.js' */
/** @import { StreamEvent } from '../stream/gateway.js' */

const problem = { code: 'broken_off', message: 'No', retryable: true };

for (const [what, before, text, expected] of [
  ['the rest of a word', 'The photosyn', 'thesis of plants', 'The photosynthesis of plants'],
  ['a word after a space', 'The quick', ' brown fox', 'The quick brown fox'],
  ['repeated words', 'The quick brown fox', 'brown fox jumps.', 'The quick brown fox jumps.'],
  ['a repeated word that was cut', 'By photosyn', 'photosynthesis.', 'By photosynthesis.'],
  ['the whole text', 'The quick brown', 'The quick brown fox', 'The quick brown fox'],
  [
    'repeated words after a blank line',
    'One.\n\nTwo is',
    '\n\nTwo is more.',
    'One.\n\nTwo is more.',
  ],
  ['repeated words before white space', 'It is so. ', 'It is so. And on', 'It is so. And on'],
  ['repeated words without spaces', '東京は日本の首都', '日本の首都です', '東京は日本の首都です'],
  ['a short word that is no repetition', 'I had', 'had it', 'I hadhad it'],
  ['a sentence without its space', 'It ended.', 'Then more', 'It ended. Then more'],
  ['the rest of an address', 'See example.', 'com now', 'See example.com now'],
  ['a list item without its line break', '- one', '- two', '- one\n- two'],
  ['a heading without its line break', 'The end.', '## Next', 'The end.\n## Next'],
  ['code', '```js\nconst le', 'ngth = 1;\n```', '```js\nconst length = 1;\n```'],
  [
    'code that is opened again',
    '```js\none();\n',
    '```js\ntwo();\n```',
    '```js\none();\ntwo();\n```',
  ],
  ['a line that is opened again', '```js\none()', '```js\ntwo()\n```', '```js\none()\ntwo()\n```'],
  [
    'a repeated line of code',
    '```js\nlet le',
    '```js\nlet length;\n```',
    '```js\nlet length;\n```',
  ],
  ['repeated brackets of code', '```js\n  }\n', '}\n```', '```js\n  }\n}\n```'],
  [
    'an end of code without its line break',
    '```\none',
    '```\nThat is all',
    '```\none\n```\nThat is all',
  ],
  [
    'an end of code in a list without its line break',
    '1. ```js\n   foo()',
    '   ```',
    '1. ```js\n   foo()\n   ```',
  ],
  [
    'code of a list that is opened again',
    '1. ```js\n   foo(',
    '```js\n   1)\n   ```',
    '1. ```js\n   foo(\n   1)\n   ```',
  ],
  [
    'a code block after a closed one',
    '```js\n1\n```\n',
    '```js\n2\n```',
    '```js\n1\n```\n```js\n2\n```',
  ],
])
  test(`${what} is joined at the exact place, wherever the text is cut`, () => {
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 6 }), cuts => {
        const { append, end } = textJoiner(before);
        const at = [0, ...cuts.sort((one, other) => one - other), text.length];
        const pieces = at.slice(1).map((to, index) => append(text.slice(at[index], to)));
        assert.equal(before + pieces.join('') + end(), expected);
      }),
    );
  });

test('a joiner of a long text passes what it does not have to hold back', () => {
  const { append } = textJoiner('The quick brown fox');
  assert.equal(append('bro'), '');
  assert.equal(append('ther'), 'brother');
  assert.equal(append('s'), 's');
});

test('text that is held back at the end of an answer precedes its last event', () => {
  const join = continuationJoiner('The quick brown fox');
  assert.deepEqual(join({ type: 'created', model: 'm' }), [{ type: 'created', model: 'm' }]);
  assert.deepEqual(join({ type: 'delta', text: 'bro', number: 1 }), []);
  const end = /** @type {const} */ ({ type: 'completed', number: 2 });
  assert.deepEqual(join(end), [{ type: 'delta', text: 'bro', number: 2 }, end]);
});

test('a continuation that is restarted is joined again to the text before it', () => {
  const join = continuationJoiner('The quick brown fox');
  join({ type: 'delta', text: 'fox jumps', number: 1 });
  const restarted = /** @type {const} */ ({ type: 'restarted', model: 'n', number: 2 });
  assert.deepEqual(join(restarted), [restarted]);
  assert.deepEqual(join({ type: 'delta', text: 'brown ', number: 3 }), []);
  const delta = { type: 'delta', text: ' sleeps', number: 4 };
  assert.deepEqual(join({ type: 'delta', text: 'fox sleeps', number: 4 }), [delta]);
});

test('a continuation that is resumed after its first text is not joined again', () => {
  const join = continuationJoiner('The quick brown fox', true);
  const delta = /** @type {const} */ ({ type: 'delta', text: 'fox', number: 9 });
  assert.deepEqual(join(delta), [delta]);
});

test('what the model does after text that is held back follows it, before the joined text', () => {
  const join = continuationJoiner('The quick brown');
  /** @returns {StreamEvent} */
  const thought = (/** @type {number} */ number) => ({
    type: 'activity',
    activity: () => ({ since: 1 }),
    number,
  });
  const numbers = (/** @type {StreamEvent} */ event) => join(event).map(({ number }) => number);
  assert.deepEqual(numbers(thought(1)), [1]);
  assert.deepEqual(numbers({ type: 'delta', text: 'quick ', number: 2 }), []);
  assert.deepEqual(numbers(thought(3)), []);
  assert.deepEqual(numbers({ type: 'delta', text: 'brown fox', number: 4 }), [3, 4]);
  assert.deepEqual(numbers(thought(5)), [5]);
});

test('what the model did after text that is held back is void when it begins again', () => {
  const join = continuationJoiner('The quick brown');
  join({ type: 'delta', text: 'quick ', number: 2 });
  join({ type: 'activity', activity: () => ({ since: 1 }), number: 3 });
  join({ type: 'restarted', model: 'm', number: 4 });
  assert.deepEqual(join({ type: 'completed', number: 5 }), [{ type: 'completed', number: 5 }]);
});

test('the prompt ends with the answer and the request to go on', () => {
  const [question, answer, request, ...more] = continuationPrompt(stopped('Half'), 'a');
  assert.deepEqual(question, { role: 'user', content: 'Why?' });
  assert.deepEqual(answer, { role: 'assistant', content: 'Half' });
  assert.equal(request.role, 'user');
  assert.match(request.content, /exactly where/i);
  assert.deepEqual(more, []);
});

test('the request to go on has a mark only among questions with images, which is not sent', () => {
  const state = stopped('Half');
  assert.equal(continuationPrompt(state, 'a').at(-1)?.isContinuation, undefined);
  const messages = { ...state.messages, q: { ...state.messages.q, attachments: [] } };
  assert.equal(continuationPrompt({ ...state, messages }, 'a').at(-1)?.isContinuation, true);
});

test('a continuation has the images of the question, and of the one before', () => {
  const state = stopped('Half');
  const [one, two] = ['i', 'j'].map(id => image(id));
  const earlier = { ...state.messages.q, id: 'p', attachments: [one] };
  const question = { ...state.messages.q, parent: 'p', attachments: [two] };
  const all = { ...state, messages: { ...state.messages, p: earlier, q: question } };
  const sent = sentAttachments(continuationPrompt(all, 'a'), { accepts: ['images'] });
  assert.deepEqual(sent, sentAttachments(prompt({ ...all, leaf: 'q' }), { accepts: ['images'] }));
  assert.deepEqual(sent, new Set([two, one]));
});

test('the prompt of an answer that failed has its text', () => {
  const state = applyAnswerEvent(asked('Half'), { type: 'failed', id: 'a', problem, at: 3 });
  assert.deepEqual(continuationPrompt(state, 'a')[1], { role: 'assistant', content: 'Half' });
});

test('the prompt says if the answer stopped inside code', () => {
  const inside = continuationPrompt(stopped('```js\nlet a'), 'a').at(-1)?.content;
  const outside = continuationPrompt(stopped('```js\nlet a\n```\nSo'), 'a').at(-1)?.content;
  assert.notEqual(inside, outside);
  assert.ok(inside?.startsWith(outside ?? '?'));
});

test('the prompt knows the code of a list or a quotation', () => {
  const content = (/** @type {string} */ text) =>
    continuationPrompt(stopped(text), 'a').at(-1)?.content;
  const inside = content('```js\nlet a');
  const outside = content('So');
  for (const text of [
    '- ```js\n  foo(',
    '10. ```js\n    foo(',
    '> ```js\n> foo(',
    '> - ~~~\n>   foo(',
    '1. a\n\n    ```js\n    foo(',
    '```\n    ```\nfoo(',
    '```md\n- ```\nfoo(',
  ])
    assert.equal(content(text), inside, text);
  for (const text of [
    '- ```js\n  foo()\n  ```\n- b',
    '> ```js\n> foo()\n> ```',
    '- ```js\n  foo()\n\nSo',
    '> ```js\n> foo()\n\nSo',
    '1. a\n\n    ```js\n    b\n    ```\n    c',
  ])
    assert.equal(content(text), outside, text);
});

/** @param {string} id @returns {Attachment} */
function image(id) {
  return { id, type: 'image', name: `${id}.jpg`, blob: new Blob([id]) };
}

/** @param {string} text */
function asked(text) {
  const action = /** @type {const} */ ({
    type: 'asked',
    question: 'q',
    answer: 'a',
    text: 'Why?',
    at: 1,
  });
  const state = applyUserAction(conversation({ id: 'c', at: 0 }), action);
  return applyAnswerEvent(state, { type: 'delta', id: 'a', text, at: 2 });
}

/** @param {string} text */
function stopped(text) {
  return applyAnswerEvent(asked(text), { type: 'stopped', id: 'a', at: 3 });
}
