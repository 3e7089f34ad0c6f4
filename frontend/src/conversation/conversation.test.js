import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { branch, prompt } from './branch.js';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation.js';

import { step } from './tree.fixture.js';

/** @import { Conversation } from './conversation.js' */

const problem = { code: 'timeout', message: 'too late', retryable: true };

function asked() {
  const empty = conversation({ id: 'c', at: 0 });
  return applyUserAction(empty, { type: 'asked', question: 'q', answer: 'a', text: 'Why?', at: 1 });
}

test('a question is followed by a streaming answer', () => {
  const turns = branch(asked()).map(({ id, role, status }) => ({ id, role, status }));
  assert.deepEqual(turns, [
    { id: 'q', role: 'user', status: 'complete' },
    { id: 'a', role: 'assistant', status: 'streaming' },
  ]);
});

test('the first question sets the title', () => {
  const next = applyUserAction(asked(), {
    type: 'asked',
    question: 'r',
    answer: 'b',
    text: 'How?',
    at: 2,
  });
  assert.equal(next.title, 'Why?');
});

test('deltas are appended and the first one is timed', () => {
  let state = applyAnswerEvent(asked(), { type: 'delta', id: 'a', text: 'Be', at: 301 });
  state = applyAnswerEvent(state, { type: 'delta', id: 'a', text: 'cause', at: 400 });
  state = applyAnswerEvent(state, {
    type: 'completed',
    id: 'a',
    usage: { output_tokens: 2 },
    at: 501,
  });
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

test('the number of the last event is stored with its text, until the answer ends', () => {
  const action = /** @type {const} */ ({ type: 'asked', question: 'q', answer: 'a', text: 'Why?' });
  let state = applyUserAction(conversation({ id: 'c', at: 0 }), { ...action, at: 1, key: 'k' });
  assert.deepEqual(state.messages.a.resumable, { key: 'k', last: -1, at: 1 });
  for (const [event, last, at] of /** @type {[any, number, number][]} */ ([
    [{ type: 'created', model: 'm', resumable: true, number: 0 }, 0, 2],
    [{ type: 'delta', text: 'Be', number: 1 }, 1, 3],
    [{ type: 'reconnecting' }, 1, 3],
    [{ type: 'delta', text: 'cause', number: 4 }, 4, 5],
    [{ type: 'suspended' }, 4, 6],
  ])) {
    state = applyAnswerEvent(state, {
      ...event,
      id: 'a',
      at: event.type === 'reconnecting' ? 4 : at,
    });
    assert.deepEqual(state.messages.a.resumable, { key: 'k', last, at });
  }
  assert.equal(state.messages.a.text, 'Because');
  for (const event of /** @type {any[]} */ ([
    { type: 'completed', number: 5 },
    { type: 'incomplete', reason: 'other', number: 5 },
    { type: 'failed', problem },
    { type: 'stopped' },
    { type: 'interrupted' },
    { type: 'created', model: 'm', resumable: false, number: 5 },
    { type: 'created', model: 'm', number: 5 },
  ])) {
    const ended = applyAnswerEvent(state, { ...event, id: 'a', at: 7 });
    assert.equal('resumable' in ended.messages.a, false, event.type);
  }
});

test('the key of an answer may be known only after it was asked for', () => {
  const action = /** @type {const} */ ({ type: 'asked', question: 'q', answer: 'a', text: 'Why?' });
  const asked = applyUserAction(conversation({ id: 'c', at: 0 }), { ...action, at: 1 });
  const keyed = applyAnswerEvent(asked, { type: 'keyed', key: 'k', id: 'a', at: 2 });
  assert.deepEqual(keyed.messages.a.resumable, { key: 'k', last: -1, at: 2 });
});

test('an answer that can be resumed and was cancelled is stopped, another one is incomplete', () => {
  const action = /** @type {const} */ ({ type: 'asked', question: 'q', answer: 'a', text: 'Why?' });
  for (const [key, status] of [
    ['k', 'stopped'],
    [undefined, 'complete'],
  ]) {
    const state = applyUserAction(conversation({ id: 'c', at: 0 }), { ...action, at: 1, key });
    const event = /** @type {const} */ ({
      type: 'incomplete',
      reason: 'cancelled',
      id: 'a',
      at: 2,
    });
    assert.equal(applyAnswerEvent(state, event).messages.a.status, status);
  }
});

test('an answer that another model begins again has only its text, model and timings', () => {
  let state = applyAnswerEvent(asked(), { type: 'delta', id: 'a', text: 'Be', at: 301 });
  state = applyAnswerEvent(state, { type: 'restarted', model: 'other', id: 'a', at: 401 });
  assert.deepEqual([state.messages.a.text, state.messages.a.restarted], ['', 0]);
  state = applyAnswerEvent(state, { type: 'delta', id: 'a', text: 'So', at: 501 });
  const { text, model, timings } = state.messages.a;
  assert.deepEqual([text, model, timings], ['So', 'other', { firstText: 500 }]);
});

test('an incomplete answer keeps its reason', () => {
  const reason = 'max_output_tokens';
  const { a } = applyAnswerEvent(asked(), { type: 'incomplete', id: 'a', reason, at: 2 }).messages;
  assert.equal(a.status, 'complete');
  assert.equal(a.cutShort, reason);
});

test('an event after the end changes nothing', () => {
  const stopped = applyAnswerEvent(asked(), { type: 'stopped', id: 'a', at: 2 });
  assert.equal(applyAnswerEvent(stopped, { type: 'delta', id: 'a', text: 'late', at: 3 }), stopped);
  assert.equal(applyAnswerEvent(stopped, { type: 'failed', id: 'a', problem, at: 3 }), stopped);
});

test('a regenerated answer is a sibling of the first', () => {
  const failed = applyAnswerEvent(asked(), { type: 'failed', id: 'a', problem, at: 2 });
  const again = applyUserAction(failed, { type: 'regenerated', of: 'a', answer: 'b', at: 3 });
  assert.deepEqual(
    branch(again).map(({ id }) => id),
    ['q', 'b'],
  );
  assert.equal(again.messages.b.parent, again.messages.a.parent);
});

test('an edited question is a sibling of the first', () => {
  const edit = /** @type {const} */ ({
    type: 'edited',
    of: 'q',
    question: 'r',
    answer: 'b',
    text: 'How?',
    at: 2,
  });
  assert.deepEqual(
    branch(applyUserAction(asked(), edit)).map(({ text }) => text),
    ['How?', ''],
  );
});

test('a prompt omits failed and empty answers', () => {
  let state = applyAnswerEvent(asked(), { type: 'delta', id: 'a', text: 'Half', at: 2 });
  state = applyAnswerEvent(state, { type: 'failed', id: 'a', problem, at: 3 });
  state = applyUserAction(state, {
    type: 'asked',
    question: 'r',
    answer: 'b',
    text: 'Still there?',
    at: 4,
  });
  assert.deepEqual(prompt(state), [
    { role: 'user', content: 'Why?' },
    { role: 'user', content: 'Still there?' },
  ]);
});

test('no action loses a message, and the branch is a path of the tree', () => {
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
        assertPath(state);
      });
    }),
  );
});

/** @param {Conversation} state */
function assertPath(state) {
  const path = branch(state);
  assert.equal(path.at(-1)?.id, state.leaf ?? undefined);
  path.forEach((message, index) => {
    assert.equal(message.parent, path[index - 1]?.id ?? null);
    assert.equal(message.role, index % 2 === 0 ? 'user' : 'assistant');
  });
}
