import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold, matches } from './fold.js';

/**
 * @param {string} text
 * @param {string[]} words
 */
function matched(text, ...words) {
  return matches(text, words).map(([start, end]) => text.slice(start, end));
}

test('a match is found at its place in the original text', () => {
  assert.deepEqual(matched('Ein Cafe\u0301, zwei CAFÉS', 'cafe'), ['Cafe\u0301', 'CAFÉ']);
  assert.deepEqual(matched('🙂 Straße', 'strasse'), ['Straße']);
  assert.deepEqual(matched('ﬁne', 'f'), ['ﬁ']);
  assert.deepEqual(matched('한국', fold('한')), ['한']);
});

test('overlapping matches are one', () => {
  assert.deepEqual(matched('banana split', 'ana', 'nan'), ['anan']);
});

test('nothing matches no word', () => {
  assert.deepEqual(matched('banana'), []);
  assert.deepEqual(matched('banana', ''), []);
});

test('matches are the text folded by characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), text => {
      const folded = fold(text);
      const ranges = folded === '' ? [] : matches(text, [folded]);
      assert.ok(ranges.every(([start, end]) => start < end && end <= text.length));
    }),
  );
});
