import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupByDate } from './group-by-date.js';

const now = new Date(2026, 10, 26, 7, 15);

/**
 * @param {string} id
 * @param {Date} changed
 */
function summary(id, changed, pinned = false) {
  return { id, title: id, createdAt: 0, updatedAt: changed.getTime(), pinned, leaf: null };
}

/**
 * @param {ReturnType<typeof summary>[]} list
 * @param {number} [limit]
 */
function grouped(list, limit, at = now) {
  return groupByDate(list, at, limit).map(({ period, conversations }) => [
    period,
    conversations.map(({ id }) => id),
  ]);
}

test('the periods are those of calendar days, then of months', () => {
  const list = [
    summary('midnight', new Date(2026, 10, 26)),
    summary('last night', new Date(2026, 10, 25, 23, 59)),
    summary('two days ago', new Date(2026, 10, 24, 23, 59)),
    summary('seven days ago', new Date(2026, 10, 19)),
    summary('eight days ago', new Date(2026, 10, 18, 23, 59)),
    summary('thirty days ago', new Date(2026, 9, 27)),
    summary('in October', new Date(2026, 9, 26, 23, 59)),
    summary('early in October', new Date(2026, 9, 1)),
    summary('a year ago', new Date(2025, 9, 15)),
  ];
  assert.deepEqual(grouped(list), [
    ['today', ['midnight']],
    ['yesterday', ['last night']],
    ['previous7', ['two days ago', 'seven days ago']],
    ['previous30', ['eight days ago', 'thirty days ago']],
    [new Date(2026, 9, 1), ['in October', 'early in October']],
    [new Date(2025, 9, 1), ['a year ago']],
  ]);
});

test('thirty conversations on thirty days have at most four headings', () => {
  const list = Array.from({ length: 30 }, (_, day) =>
    summary(`${day}`, new Date(2026, 10, 26 - day, 6)),
  );
  assert.deepEqual(
    grouped(list).map(([period]) => period),
    ['today', 'yesterday', 'previous7', 'previous30'],
  );
});

test('the newest conversation of a group is its first', () => {
  const list = [
    summary('morning', new Date(2026, 10, 26, 5)),
    summary('later', new Date(2026, 10, 26, 7)),
  ];
  assert.deepEqual(grouped(list), [['today', ['later', 'morning']]]);
});

test('pinned conversations form the first group', () => {
  const list = [
    summary('new', new Date(2026, 10, 26, 7)),
    summary('pinned', new Date(2026, 0, 1), true),
  ];
  assert.deepEqual(grouped(list), [
    ['pinned', ['pinned']],
    ['today', ['new']],
  ]);
});

test('a time in the future is today', () => {
  assert.deepEqual(grouped([summary('ahead', new Date(2026, 10, 27, 9))]), [['today', ['ahead']]]);
});

test('in January the previous seven days reach into the year before', () => {
  const list = [summary('new year’s eve', new Date(2026, 11, 31, 22))];
  assert.deepEqual(grouped(list, undefined, new Date(2027, 0, 3)), [
    ['previous7', ['new year’s eve']],
  ]);
});

test('a limit keeps the first conversations', () => {
  const list = [
    summary('old', new Date(2026, 10, 1)),
    summary('pinned', new Date(2026, 0, 1), true),
    summary('new', new Date(2026, 10, 26)),
  ];
  assert.deepEqual(grouped(list, 2), [
    ['pinned', ['pinned']],
    ['today', ['new']],
  ]);
});
