import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { branch } from './branch.js';
import { chosen, conversation, progressed } from './conversation.js';
import { prompt } from './prompt.js';
import { step } from './tree.fixture.js';

/** @import { Conversation } from './conversation.js' */

const problem = { code: 'timeout', message: 'too late', retryable: true };

function asked() {
  const empty = conversation({ id: 'c', at: 0 });
  return chosen(empty, { type: 'asked', question: 'q', answer: 'a', text: 'Why?', at: 1 });
}

test('a question is followed by the answer that is awaited', () => {
  const turns = branch(asked()).map(({ id, role, status }) => ({ id, role, status }));
  assert.deepEqual(turns, [
    { id: 'q', role: 'user', status: 'complete' },
    { id: 'a', role: 'assistant', status: 'streaming' },
  ]);
});

test('the first question names the conversation', () => {
  const next = chosen(asked(), { type: 'asked', question: 'r', answer: 'b', text: 'How?', at: 2 });
  assert.equal(next.title, 'Why?');
});

test('deltas add up, and the first one is timed', () => {
  let state = progressed(asked(), { type: 'delta', id: 'a', text: 'Be', at: 301 });
  state = progressed(state, { type: 'delta', id: 'a', text: 'cause', at: 400 });
  state = progressed(state, { type: 'completed', id: 'a', usage: { output_tokens: 2 }, at: 501 });
  const { text, status, timings, usage } = state.messages.a;
  assert.deepEqual(
    { text, status, timings, usage },
    {
      text: 'Because',
      status: 'complete',
      timings: { firstText: 300, end: 500 },
      usage: { output_tokens: 2 },
    },
  );
});

test('an incomplete answer is kept with its reason', () => {
  const reason = 'max_output_tokens';
  const { a } = progressed(asked(), { type: 'incomplete', id: 'a', reason, at: 2 }).messages;
  assert.equal(a.status, 'complete');
  assert.equal(a.cutShort, reason);
});

test('what arrives after an ending changes nothing', () => {
  const stopped = progressed(asked(), { type: 'stopped', id: 'a', at: 2 });
  assert.equal(progressed(stopped, { type: 'delta', id: 'a', text: 'late', at: 3 }), stopped);
  assert.equal(progressed(stopped, { type: 'failed', id: 'a', problem, at: 3 }), stopped);
});

test('another answer stands beside the first', () => {
  const failed = progressed(asked(), { type: 'failed', id: 'a', problem, at: 2 });
  const again = chosen(failed, { type: 'regenerated', of: 'a', answer: 'b', at: 3 });
  assert.deepEqual(
    branch(again).map(({ id }) => id),
    ['q', 'b'],
  );
  assert.equal(again.messages.b.parent, again.messages.a.parent);
});

test('a changed question stands beside the first', () => {
  const edit = /** @type {const} */ ({
    type: 'edited',
    of: 'q',
    question: 'r',
    answer: 'b',
    text: 'How?',
    at: 2,
  });
  assert.deepEqual(
    branch(chosen(asked(), edit)).map(({ text }) => text),
    ['How?', ''],
  );
});

test('the model is not told of answers that failed or say nothing', () => {
  let state = progressed(asked(), { type: 'delta', id: 'a', text: 'Half', at: 2 });
  state = progressed(state, { type: 'failed', id: 'a', problem, at: 3 });
  state = chosen(state, { type: 'asked', question: 'r', answer: 'b', text: 'Still there?', at: 4 });
  assert.deepEqual(prompt(state), [
    { role: 'user', content: 'Why?' },
    { role: 'user', content: 'Still there?' },
  ]);
});

test('whatever is chosen, nothing is lost and what is shown is one line of the tree', () => {
  fc.assert(
    fc.property(fc.array(step(), { maxLength: 40 }), steps => {
      let state = conversation({ id: 'c', at: 0 });
      steps.forEach((step, number) => {
        const next = step(state, number);
        for (const [id, message] of Object.entries(state.messages)) {
          assert.ok(next.messages[id].text.startsWith(message.text));
          if (message.status !== 'streaming') assert.equal(next.messages[id], message);
        }
        state = next;
        holdsTogether(state);
      });
    }),
  );
});

/** @param {Conversation} state */
function holdsTogether(state) {
  const shown = branch(state);
  assert.equal(shown.at(-1)?.id, state.leaf ?? undefined);
  shown.forEach((message, index) => {
    assert.equal(message.parent, shown[index - 1]?.id ?? null);
    assert.equal(message.role, index % 2 === 0 ? 'user' : 'assistant');
  });
}
