import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { applyAnswerEvent, applyUserAction, conversation } from '../conversation/conversation.js';
import { narration } from './narration.js';

/** @import { AnswerEvent } from '../conversation/conversation.js' */

/** @type {string[]} */
let heard;
/** @type {ReturnType<typeof narration>} */
let voice;
/** What the reader wants to hear. @type {string} */
let wanted;
const choice = /** @type {const} */ ({ question: 'q', answer: 'a', text: 'Why?', at: 1 });
const asked = applyUserAction(conversation({ id: 'c', at: 0 }), { type: 'asked', ...choice });

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setInterval'] });
  heard = [];
  wanted = 'full';
  const say = (/** @type {string} */ words) => void heard.push(words);
  voice = narration(
    { say, read: say },
    markdown => markdown.replaceAll('*', ''),
    () => wanted,
  );
});

test('an answer is read once, when it is complete, as plain words', () => {
  follow(
    { type: 'delta', id: 'a', text: '*Be', at: 2 },
    { type: 'delta', id: 'a', text: 'cause*', at: 3 },
    { type: 'completed', id: 'a', at: 4 },
  );
  assert.deepEqual(heard, ['Message sent', 'Answering', 'Answer complete, 1 word', 'Because']);
});

for (const [choice, answer, said] of /** @type {const} */ ([
  ['first', 'It is 3.5 metres. No more.', ['It is 3.5 metres.']],
  ['first', 'A heading\n\nA sentence.', ['A heading']],
  ['first', '三点五米。不多。', ['三点五米。']],
  ['complete', 'It is 3.5 metres. No more.', []],
])) {
  test(`who wants it ${choice} hears ${said[0] ?? 'nothing'} of ${answer}`, () => {
    wanted = choice;
    follow({ type: 'delta', id: 'a', text: answer, at: 2 }, { type: 'completed', id: 'a', at: 3 });
    assert.deepEqual(heard.slice(3), said);
  });
}

test('a long answer is heard of every eight seconds, and no longer than it takes', () => {
  const begun = follow({ type: 'delta', id: 'a', text: 'Be', at: 2 });
  mock.timers.tick(16_000);
  assert.deepEqual(heard.slice(2), ['Still answering', 'Still answering']);
  voice.update(applyAnswerEvent(begun, { type: 'stopped', id: 'a', at: 3 }));
  mock.timers.tick(16_000);
  assert.deepEqual(heard.slice(4), ['Stopped']);
});

test('an error is left to the alert in its turn', () => {
  const problem = { code: 'timeout', message: 'late', retryable: true };
  follow({ type: 'failed', id: 'a', problem, at: 2 });
  assert.deepEqual(heard, ['Message sent']);
});

test('a conversation that is opened is not read', () => {
  voice.update(applyAnswerEvent(asked, { type: 'completed', id: 'a', at: 2 }));
  assert.deepEqual(heard, []);
});

/** @param {AnswerEvent[]} steps */
function follow(...steps) {
  let state = asked;
  voice.update(state);
  for (const step of steps) {
    state = applyAnswerEvent(state, step);
    voice.update(state);
  }
  return state;
}
