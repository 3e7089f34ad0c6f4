import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { storedSetting } from './stored-setting.js';

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'localStorage');
});

test('a setting has its fallback until it is written, and is the same wherever it is read', () => {
  const stored = new Map();
  Object.assign(globalThis, {
    localStorage: {
      getItem: (/** @type {string} */ name) => stored.get(name) ?? null,
      setItem: (/** @type {string} */ name, /** @type {string} */ value) => stored.set(name, value),
    },
  });
  assert.equal(storedSetting('a', 'none').read(), 'none');
  storedSetting('a', 'none').write('one');
  assert.equal(storedSetting('a', 'none').read(), 'one');
  stored.set('a', 'of another tab');
  assert.equal(storedSetting('a', 'none').read(), 'of another tab');
});

test('without access to the storage a setting lasts as long as the page', () => {
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    get: () => {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  assert.equal(storedSetting('b', 'none').read(), 'none');
  storedSetting('b', 'none').write('one');
  assert.equal(storedSetting('b', 'none').read(), 'one');
});
