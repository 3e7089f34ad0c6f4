import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { applyAnswerEvent, applyUserAction, conversation } from '../conversation/conversation.js';
import { spokenText } from '../render/spoken-text.js';
import { narrator } from './narrator.js';

/** @import { AnswerEvent } from '../conversation/conversation.js' */

/** @type {string[]} */
let announced;
/** @type {ReturnType<typeof narrator>} */
let tested;
/** @type {string} */
let setting;
/** @type {ReturnType<typeof spokenText> | undefined} */
let spoken;
const choice = /** @type {const} */ ({ question: 'q', answer: 'a', text: 'Why?', at: 1 });
const asked = applyUserAction(conversation({ id: 'c', at: 0 }), { type: 'asked', ...choice });

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setInterval', 'Date'], now: 4 });
  announced = [];
  setting = 'full';
  const say = (/** @type {string} */ text) => void announced.push(text);
  spoken = undefined;
  const read = (/** @type {string} */ text, /** @type {string} */ choice) => {
    spoken = spokenText(text, choice);
    return spoken;
  };
  tested = narrator({ say, read: say }, read, () => setting);
});

test('an answer is read once, when it is complete, as plain text', async () => {
  await follow(
    { type: 'delta', id: 'a', text: '*Be', at: 2 },
    { type: 'delta', id: 'a', text: 'cause*', at: 3 },
    { type: 'completed', id: 'a', at: 4 },
  );
  assert.deepEqual(announced, ['Message sent', 'Answering', 'Answer complete, 1 word', 'Because']);
});

for (const [choice, answer, spoken] of /** @type {const} */ ([
  ['first', 'It is 3.5 metres. No more.', ['It is 3.5 metres.']],
  ['first', 'A heading\n\nA sentence.', ['A heading']],
  ['first', '三点五米。不多。', ['三点五米。']],
  ['complete', 'It is 3.5 metres. No more.', []],
])) {
  test(`the setting ${choice} reads ${spoken[0] ?? 'nothing'} of ${answer}`, async () => {
    setting = choice;
    await follow(
      { type: 'delta', id: 'a', text: answer, at: 2 },
      { type: 'completed', id: 'a', at: 3 },
    );
    assert.deepEqual(announced.slice(3), spoken);
  });
}

test('an answer without text is announced as such', async () => {
  await follow({ type: 'incomplete', id: 'a', reason: 'no_output', at: 2 });
  assert.deepEqual(announced, ['Message sent', 'The answer has no text', '']);
});

test('of a continued answer only the new text is read', async () => {
  const stopped = await follow(
    { type: 'delta', id: 'a', text: 'Because ', at: 2 },
    { type: 'stopped', id: 'a', at: 3 },
  );
  announced.length = 0;
  let state = applyUserAction(stopped, { type: 'continued', answer: 'a', at: 4 });
  tested.update(state);
  state = applyAnswerEvent(state, { type: 'delta', id: 'a', text: 'it rains.', at: 5 });
  tested.update(state);
  tested.update(applyAnswerEvent(state, { type: 'completed', id: 'a', at: 6 }));
  await announcements();
  assert.deepEqual(announced, [
    'Message sent',
    'Answering',
    'Answer complete, 2 words',
    'it rains.',
  ]);
});

test('an answer that begins again is announced once, and its new text is read', async () => {
  await follow(
    { type: 'delta', id: 'a', text: 'It snows', at: 2 },
    { type: 'restarted', id: 'a', model: 'other', at: 3 },
    { type: 'delta', id: 'a', text: 'It ', at: 4 },
    { type: 'delta', id: 'a', text: 'rains.', at: 5 },
    { type: 'completed', id: 'a', at: 6 },
  );
  assert.deepEqual(announced, [
    'Message sent',
    'Answering',
    'The answer began again with another model',
    'Answer complete, 2 words',
    'It rains.',
  ]);
});

test('of an answer that is resumed after a reload only the new text is read', async () => {
  mock.timers.setTime(10_000);
  const stored = applyAnswerEvent(asked, { type: 'delta', id: 'a', text: 'It ', at: 2 });
  tested.update(stored);
  const resumed = applyAnswerEvent(stored, { type: 'delta', id: 'a', text: 'rains.', at: 10_000 });
  tested.update(resumed);
  tested.update(applyAnswerEvent(resumed, { type: 'completed', id: 'a', at: 10_001 }));
  await announcements();
  assert.deepEqual(announced, ['Answering', 'Answer complete, 1 word', 'rains.']);
});

test('a reconnection is not announced, and its failure once', async () => {
  const lost = await follow(
    { type: 'delta', id: 'a', text: 'It ', at: 2 },
    { type: 'reconnecting', id: 'a', at: 3 },
    { type: 'connected', id: 'a', at: 4 },
    { type: 'reconnecting', id: 'a', at: 5 },
  );
  mock.timers.tick(16_000);
  assert.deepEqual(announced, ['Message sent', 'Answering']);
  tested.update(applyAnswerEvent(lost, { type: 'interrupted', id: 'a' }));
  assert.deepEqual(announced.slice(2), ['The answer was interrupted']);
});

test('a service that wakes up is announced once', async () => {
  await follow({ type: 'waking', id: 'a', at: 2 }, { type: 'waking', id: 'a', at: 3 });
  assert.deepEqual(announced, ['Message sent', 'The chat service is waking up']);
});

test('a long answer is announced every eight seconds until it ends', async () => {
  const started = await follow({ type: 'delta', id: 'a', text: 'Be', at: 2 });
  mock.timers.tick(16_000);
  assert.deepEqual(announced.slice(2), ['Still answering', 'Still answering']);
  tested.update(applyAnswerEvent(started, { type: 'stopped', id: 'a', at: 3 }));
  mock.timers.tick(16_000);
  assert.deepEqual(announced.slice(4), ['Stopped']);
});

test('an error is not announced, because its element is an alert', async () => {
  const problem = { code: 'timeout', message: 'late', retryable: true };
  await follow({ type: 'failed', id: 'a', problem, at: 2 });
  assert.deepEqual(announced, ['Message sent']);
});

test('an opened conversation is not read', () => {
  tested.update(applyAnswerEvent(asked, { type: 'completed', id: 'a', at: 2 }));
  assert.deepEqual(announced, []);
});

/** @param {AnswerEvent[]} steps */
async function follow(...steps) {
  let state = asked;
  tested.update(state);
  for (const step of steps) {
    state = applyAnswerEvent(state, step);
    tested.update(state);
  }
  await announcements();
  return state;
}

async function announcements() {
  await spoken;
  await setImmediate();
}
