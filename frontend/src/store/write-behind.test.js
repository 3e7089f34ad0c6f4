import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { writeBehind } from './write-behind.js';

/** @import { Changes } from './write-behind.js' */

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

test('a failed change does not replace a newer one that is being written', async () => {
  const { behind, writes } = overlapping();
  for (const text of ['a', 'ab']) {
    behind.add('m', { kind: 'messages', record: { text } });
    behind.flush();
  }
  behind.retry(writes[0].changes);
  behind.flush();
  assert.equal(writes.length, 2);
  for (const { end } of writes) end();
  await settled();
  behind.retry(writes[0].changes); // as late as it can be
  behind.flush();
  assert.equal(writes.length, 2);
});

test('of two overlapping writes that fail, the newer change is written again', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const { behind, writes } = overlapping();
    for (const text of ['a', 'ab']) {
      behind.add('m', { kind: 'messages', record: { text } });
      behind.flush();
    }
    for (const each of order) {
      behind.retry(writes[each].changes);
      writes[each].end();
      await settled();
    }
    behind.flush();
    assert.deepEqual(
      [...writes[2].changes.values()],
      [{ kind: 'messages', record: { text: 'ab' } }],
    );
  }
});

test('a record that is dropped while it is written is not written again', () => {
  const { behind, writes } = overlapping();
  behind.add('m', { kind: 'messages', record: { id: 'm' } });
  behind.flush();
  behind.discard(({ id }) => id === 'm');
  behind.retry(writes[0].changes);
  behind.flush();
  assert.equal(writes.length, 1);
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

/** Writes that end when the test ends them. */
function overlapping() {
  /** @type {{ changes: Changes, end: () => void }[]} */
  const writes = [];
  const behind = writeBehind(
    changes => new Promise(resolve => writes.push({ changes, end: () => resolve(undefined) })),
  );
  return { behind, writes };
}

function settled() {
  return new Promise(resolve => setImmediate(resolve));
}
