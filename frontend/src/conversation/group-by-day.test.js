import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupByDay } from './group-by-day.js';

/**
 * @param {string} id
 * @param {Date} changed
 */
function summary(id, changed, pinned = false) {
  return { id, title: id, createdAt: 0, updatedAt: changed.getTime(), pinned, leaf: null };
}

const list = [
  summary('morning', new Date(2026, 10, 23, 8)),
  summary('kept', new Date(2026, 0, 1, 12), true),
  summary('evening', new Date(2026, 10, 23, 20)),
  summary('before', new Date(2026, 10, 22, 23, 59)),
];

test('conversations of a day stand together, the newest first', () => {
  const groups = groupByDay(list).map(({ conversations }) => conversations.map(({ id }) => id));
  assert.deepEqual(groups, [['kept'], ['evening', 'morning'], ['before']]);
});

test('of a long list there are as many as asked for, the first', () => {
  const groups = groupByDay(list, 2).map(({ conversations }) => conversations.map(({ id }) => id));
  assert.deepEqual(groups, [['kept'], ['evening']]);
});

test('pinned conversations have a place of their own, before all days', () => {
  assert.equal(groupByDay(list)[0].day, 'pinned');
  assert.deepEqual(groupByDay(list)[1].day, new Date(2026, 10, 23));
});
