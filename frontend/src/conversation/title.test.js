import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { title } from './title.js';

test('the title is the first line of a short question', () => {
  assert.equal(title('  Why is the sky blue?\nPlease be brief.'), 'Why is the sky blue?');
});

test('the title of a long question ends at a word', () => {
  const long = 'Plan a weekend in Lisbon with two children, mostly outdoors and without a car';
  assert.equal(title(long), 'Plan a weekend in Lisbon with two children, mostly…');
});

test('a title has at most sixty code points and no half surrogate pairs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), text => {
      assert.ok([...title(text)].length <= 60);
      assert.ok(title(text).isWellFormed());
    }),
  );
});
