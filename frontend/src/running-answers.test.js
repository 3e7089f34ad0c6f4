import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { listeners } from './listeners.js';
import { runningAnswers } from './running-answers.js';
import { memoryStorage } from './store/storage.fixture.js';

const stored = () => localStorage.getItem('answering')?.split(' ').filter(Boolean);

beforeEach(() => {
  const storage = { value: memoryStorage(), configurable: true };
  Object.defineProperty(globalThis, 'localStorage', storage);
  globalThis.addEventListener = () => {};
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'localStorage');
  Reflect.deleteProperty(globalThis, 'addEventListener');
});

test('what is being answered is stored until it has ended', () => {
  const { answer } = tab();
  answer('a', 'b');
  assert.deepEqual(stored(), ['a', 'b']);
  answer('b');
  assert.deepEqual(stored(), ['b']);
  answer();
  assert.deepEqual(stored(), []);
});

test('two tabs store what each of them is answering', () => {
  const [one, other] = [tab(), tab()];
  one.answer('a');
  other.answer('b');
  one.answer();
  assert.deepEqual(stored(), ['b']);
});

test('a page loads what was being answered once, after its first conversation', async () => {
  tab().answer('a', 'b');
  const next = tab({ a: 'streaming', b: 'complete' });
  next.visit(false);
  assert.deepEqual(next.loaded, []);
  next.visit(true);
  next.visit(true);
  await new Promise(resolve => setImmediate(resolve));
  assert.deepEqual(next.loaded, ['a', 'b']);
  assert.deepEqual(stored(), ['a']);
});

test('a conversation that was removed is forgotten', async () => {
  tab().answer('a');
  tab().visit(true);
  await new Promise(resolve => setImmediate(resolve));
  assert.deepEqual(stored(), []);
});

/** @param {Record<string, string>} statuses  of the stored answers, by conversation */
function tab(statuses = {}) {
  const [answers, visits] = [listeners(), listeners()];
  /** @type {string[]} */
  const loaded = [];
  let answering = new Set();
  let isReady = false;
  const chat = { answering: () => answering, suspend: () => {}, onChange: answers.add };
  const router = { isReady: () => isReady, onChange: visits.add };
  const load = async (/** @type {string} */ id) => {
    loaded.push(id);
    return statuses[id] && { messages: { m: { status: statuses[id] } } };
  };
  runningAnswers(/** @type {any} */ ({ chat, router, conversations: { load } }));
  return {
    loaded,
    answer: (/** @type {string[]} */ ...ids) => {
      answering = new Set(ids);
      answers.notify(undefined);
    },
    visit: (/** @type {boolean} */ ready) => {
      isReady = ready;
      visits.notify(undefined);
    },
  };
}
