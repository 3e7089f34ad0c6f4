import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chat } from './chat.js';
import { branch } from './conversation/branch.js';
import { tabs } from './store/tabs.fixture.js';
import { ChatError } from './stream/chat-error.js';

/** @import { Conversation, Summary } from './conversation/conversation.js' */
/** @import { Message } from './conversation/message.js' */
/** @import { StreamEvent } from './stream/gateway.js' */

test('an answer ends complete and lets the next question through', async () => {
  const { talk, gateway } = made();
  talk.ask('Why?');
  assert.equal(talk.isAnswering(), true);
  await gateway.say({ type: 'delta', text: 'Because.' });
  await gateway.say({ type: 'completed' });
  await gateway.end();
  assert.equal(talk.isAnswering(), false);
  assert.deepEqual(texts(talk), ['Why?', 'Because.']);
});

test('a second question waits until the first has its answer', () => {
  const { talk, gateway } = made();
  talk.ask('Why?');
  talk.ask('Why?');
  assert.equal(gateway.asked.length, 1);
});

test('stop keeps the text and aborts the request', async () => {
  const { talk, gateway } = made();
  talk.ask('Why?');
  await gateway.say({ type: 'delta', text: 'Beca' });
  talk.stop();
  assert.equal(gateway.signal().aborted, true);
  assert.equal(talk.isAnswering(), false);
  assert.equal(last(talk)?.status, 'stopped');
  assert.equal(last(talk)?.text, 'Beca');
});

test('a failure is kept with the answer, and another answer can be asked for', async () => {
  const { talk, gateway } = made();
  talk.ask('Why?');
  await gateway.fail(new ChatError({ code: 'timeout', message: 'late', retryable: true }));
  assert.equal(last(talk)?.problem?.message, 'late');
  talk.regenerate(last(talk)?.id ?? '');
  assert.equal(last(talk)?.status, 'streaming');
  assert.deepEqual(gateway.asked[1], [{ role: 'user', content: 'Why?' }]);
});

test('an edited question stops the answer to the first, and both are kept', async () => {
  const { talk, gateway, records } = made();
  talk.ask('Why?');
  await gateway.say({ type: 'delta', text: 'Beca' });
  const [question, answer] = Object.keys(talk.current()?.messages ?? {});
  talk.edit(question, 'How?');
  assert.deepEqual(texts(talk), ['How?', '']);
  assert.deepEqual(gateway.asked[1], [{ role: 'user', content: 'How?' }]);
  assert.equal(records.messages.get(answer)?.status, 'stopped');
  assert.equal(records.messages.get(question)?.text, 'Why?');
});

test('a selected version brings its own continuation, also after a reload', async () => {
  const { talk, gateway, records } = made();
  talk.ask('Why?');
  const [question] = Object.keys(talk.current()?.messages ?? {});
  await gateway.say({ type: 'delta', text: 'Because.' });
  await gateway.end();
  talk.edit(question, 'How?');
  await gateway.end();
  talk.select(question);
  assert.deepEqual(texts(talk), ['Why?', 'Because.']);

  const later = made(records).talk;
  await later.restore();
  await later.open(talk.current()?.id);
  assert.deepEqual(texts(later), ['Why?', 'Because.']);
});

test('an answer goes on while another conversation is shown', async () => {
  const { talk, gateway } = made();
  talk.ask('Why?');
  const id = talk.current()?.id;
  await talk.open(undefined);
  assert.equal(talk.current(), undefined);
  await gateway.say({ type: 'delta', text: 'Because.' });
  await talk.open(id);
  assert.deepEqual(texts(talk), ['Why?', 'Because.']);
});

test('a page that goes away keeps what is written as interrupted', async () => {
  const { talk, gateway, records } = made();
  talk.ask('Why?');
  await gateway.say({ type: 'delta', text: 'Beca' });
  talk.interrupt();
  const stored = records.messages.get(last(talk)?.id ?? '');
  assert.deepEqual([stored?.status, stored?.text], ['interrupted', 'Beca']);
});

test('an answer that was being written when its page died comes back interrupted', async () => {
  const first = made();
  first.talk.ask('Why?');
  await first.gateway.say({ type: 'delta', text: 'Beca' });

  const { talk } = made(first.records);
  await talk.restore();
  await talk.open(first.talk.current()?.id);
  assert.deepEqual(texts(talk), ['Why?', 'Beca']);
  assert.equal(last(talk)?.status, 'interrupted');
});

test('a conversation nobody knows is none', async () => {
  const { talk } = made();
  await talk.open('gone');
  assert.equal(talk.current(), undefined);
});

test('of two conversations opened at once the later is shown', async () => {
  const { talk, gateway } = made();
  talk.ask('One');
  await gateway.end();
  const one = talk.current()?.id;
  await talk.open(undefined);
  talk.ask('Two');
  await gateway.end();
  const two = talk.current()?.id;
  await Promise.all([talk.open(two), talk.open(one)]);
  assert.equal(talk.current()?.title, 'One');
});

test('a deleted conversation is gone from the store, and can be taken back whole', async () => {
  const { talk, gateway, records } = made();
  talk.ask('Why?');
  await gateway.say({ type: 'delta', text: 'Beca' });
  const id = talk.current()?.id ?? '';
  const undo = await talk.remove(id);
  assert.equal(gateway.signal().aborted, true);
  assert.deepEqual([talk.list(), talk.current(), records.messages.size], [[], undefined, 0]);
  undo();
  await talk.open(id);
  assert.deepEqual(texts(talk), ['Why?', 'Beca']);
  assert.equal(records.messages.size, 2);
});

test('a new name and a pin are kept, and do not make a conversation newer', async () => {
  const { talk, gateway, records } = made();
  talk.ask('Why?');
  await gateway.end();
  const { id = '', updatedAt } = talk.current() ?? {};
  talk.rename(id, 'Reasons');
  talk.pin(id);
  const later = made(records).talk;
  await later.restore();
  const [{ title, pinned, ...kept }] = later.list();
  assert.deepEqual([title, pinned, kept.updatedAt], ['Reasons', true, updatedAt]);
});

test('everything there is includes what is still being written', async () => {
  const { talk, gateway } = made();
  talk.ask('Why?');
  await gateway.say({ type: 'delta', text: 'Beca' });
  const { conversations, messages } = await talk.everything();
  assert.deepEqual(
    conversations.map(({ title }) => title),
    ['Why?'],
  );
  assert.deepEqual(
    messages.map(({ text }) => text),
    ['Why?', 'Beca'],
  );
});

/** @param {ReturnType<typeof memory>} [records] */
function made(records = memory()) {
  const gateway = scripted();
  const [tab] = tabs(1);
  const talk = chat({ gateway, store: records.store, tabs: tab, onChange() {}, onRemoved() {} });
  return { talk, gateway, records };
}

/** @param {ReturnType<typeof chat>} talk */
function texts(talk) {
  const current = talk.current();
  return current ? branch(current).map(({ text }) => text) : [];
}

/** @param {ReturnType<typeof chat>} talk */
function last(talk) {
  const current = talk.current();
  return current && branch(current).at(-1);
}

function memory() {
  /** @type {Map<string, Summary>} */
  const conversations = new Map();
  /** @type {Map<string, Message>} */
  const messages = new Map();
  const store = {
    conversations: async () => [...conversations.values()],
    messages: async (/** @type {string} */ id) =>
      [...messages.values()].filter(({ conversation }) => conversation === id),
    message: async (/** @type {string} */ id) => messages.get(id),
    allMessages: async () => [...messages.values()],
    draft: async () => '',
    saveConversation: (/** @type {Summary} */ one) => void conversations.set(one.id, one),
    saveMessage: (/** @type {Message} */ one) => void messages.set(one.id, one),
    saveDraft() {},
    remove: (/** @type {Conversation} */ one) => {
      conversations.delete(one.id);
      for (const id of Object.keys(one.messages)) messages.delete(id);
    },
    flush() {},
  };
  return { store, messages };
}

/** A gateway whose newest answer the test speaks. */
function scripted() {
  /** @type {object[][]} */
  const asked = [];
  /** @type {AbortSignal} */
  let latest;
  /** @type {(next: Promise<StreamEvent | undefined>) => void} */
  let give;
  return {
    asked,
    signal: () => latest,
    stream: answer,
    say: (/** @type {StreamEvent} */ event) => next(Promise.resolve(event)),
    end: () => next(Promise.resolve(undefined)),
    fail: (/** @type {Error} */ cause) => next(Promise.reject(cause)),
  };

  /**
   * @param {object[]} messages
   * @param {AbortSignal} signal
   * @returns {AsyncGenerator<StreamEvent>}
   */
  async function* answer(messages, signal) {
    asked.push(messages);
    latest = signal;
    for (;;) {
      /** @type {StreamEvent | undefined} */
      const event = await new Promise(resolve => {
        give = resolve;
      });
      if (!event) return;
      yield event;
    }
  }

  /** @param {Promise<StreamEvent | undefined>} event */
  async function next(event) {
    give(event);
    await new Promise(resolve => setImmediate(resolve));
  }
}
