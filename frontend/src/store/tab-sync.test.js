import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { tabSync } from './tab-sync.js';

const { BroadcastChannel } = globalThis;

beforeEach(() => {
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
});

afterEach(() => {
  globalThis.BroadcastChannel = BroadcastChannel;
});

test('a browser that refuses the channel has tabs that do not hear of each other', () => {
  Object.assign(globalThis, {
    BroadcastChannel: class {
      constructor() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      }
    },
  });
  const tabs = tabSync();
  tabs.listen(() => assert.fail('there is no channel'));
  tabs.broadcast([{ kind: 'messages', removed: 'm' }]);
});
