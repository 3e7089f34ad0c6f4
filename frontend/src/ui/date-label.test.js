import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Window } from 'happy-dom';
import { dateLabel } from './date-label.js';

const { document } = new Window();
document.documentElement.lang = 'en';
Object.assign(globalThis, { document });
const now = new Date(2026, 10, 26, 7, 15);

/** @param {Date} date */
function label(date) {
  return dateLabel(date.getTime(), now).replace('\u202f', ' ');
}

test('a time of today is a time of day', () => {
  assert.equal(label(new Date(2026, 10, 26)), '12:00 AM');
  assert.equal(label(new Date(2026, 10, 26, 23, 59)), '11:59 PM');
});

test('the day before is yesterday', () => {
  assert.equal(label(new Date(2026, 10, 25)), 'Yesterday');
});

test('an earlier time is a date, with the year if it is another one', () => {
  assert.equal(label(new Date(2026, 10, 24, 23, 59)), 'Nov 24');
  assert.equal(label(new Date(2025, 10, 26)), 'Nov 26, 2025');
});
