import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { title } from './title.js';

test('a short question is its own title', () => {
  assert.equal(title('  Why is the sky blue?\nPlease be brief.'), 'Why is the sky blue?');
});

test('a long question is cut at a word', () => {
  const long = 'Plan a weekend in Lisbon with two children, mostly outdoors and without a car';
  assert.equal(title(long), 'Plan a weekend in Lisbon with two children, mostly…');
});

test('a title is never longer than sixty characters and cuts none in two', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), text => {
      assert.ok([...title(text)].length <= 60);
      assert.ok(title(text).isWellFormed());
    }),
  );
});
