import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { writeBehind } from './write-behind.js';

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
});

test('changes within the delay are one write of the newest records', () => {
  const write = mock.fn();
  const behind = writeBehind(write, 500);
  behind.add('m', { kind: 'messages', record: { text: 'a' } });
  mock.timers.tick(499);
  behind.add('m', { kind: 'messages', record: { text: 'ab' } });
  behind.add('m', { kind: 'drafts', record: { text: 'd' } });
  assert.equal(write.mock.callCount(), 0);
  mock.timers.tick(1);
  assert.deepEqual(
    [...write.mock.calls[0].arguments[0].values()],
    [
      { kind: 'messages', record: { text: 'ab' } },
      { kind: 'drafts', record: { text: 'd' } },
    ],
  );
});

test('no change waits longer than the delay, however many follow', () => {
  const write = mock.fn();
  const behind = writeBehind(write, 500);
  for (let at = 0; at < 2000; at += 100) {
    behind.add('m', { kind: 'messages', record: { at } });
    mock.timers.tick(100);
  }
  assert.equal(write.mock.callCount(), 4);
});

test('failed changes are written again unless a newer one exists', () => {
  const write = mock.fn();
  const behind = writeBehind(write, 500);
  behind.add('m', { kind: 'messages', record: { text: 'a' } });
  behind.add('n', { kind: 'messages', record: { text: 'b' } });
  behind.flush();
  behind.add('m', { kind: 'messages', record: { text: 'ab' } });
  behind.retry(write.mock.calls[0].arguments[0]);
  mock.timers.tick(500);
  assert.deepEqual(
    [...write.mock.calls[1].arguments[0].values()],
    [
      { kind: 'messages', record: { text: 'ab' } },
      { kind: 'messages', record: { text: 'b' } },
    ],
  );
});

test('a flush writes synchronously and only once', () => {
  const write = mock.fn();
  const behind = writeBehind(write, 500);
  behind.add('m', { kind: 'messages', record: {} });
  behind.flush();
  mock.timers.tick(1000);
  behind.flush();
  assert.equal(write.mock.callCount(), 1);
});
