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
  summary('pinned', new Date(2026, 0, 1, 12), true),
  summary('evening', new Date(2026, 10, 23, 20)),
  summary('before', new Date(2026, 10, 22, 23, 59)),
];

test('conversations of a day form a group, newest first', () => {
  const groups = groupByDay(list).map(({ conversations }) => conversations.map(({ id }) => id));
  assert.deepEqual(groups, [['pinned'], ['evening', 'morning'], ['before']]);
});

test('a limit keeps the first conversations', () => {
  const groups = groupByDay(list, 2).map(({ conversations }) => conversations.map(({ id }) => id));
  assert.deepEqual(groups, [['pinned'], ['evening']]);
});

test('pinned conversations form the first group', () => {
  assert.equal(groupByDay(list)[0].day, 'pinned');
  assert.deepEqual(groupByDay(list)[1].day, new Date(2026, 10, 23));
});
