import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finished } from './page.fixture.js';
import { softBreaks } from './soft-breaks.js';

for (const [script, word, count] of /** @type {const} */ ([
  ['Arabic', 'ب'.repeat(1001), 3],
  ['vowelled Arabic', 'بَ'.repeat(401), 3],
  ['Thai', 'กำ'.repeat(500), 3],
  ['Latin', 'a'.repeat(5000), 1],
  ['Chinese', '文'.repeat(5000), 1],
])) {
  test(`a long word of ${script} letters has ${count} parts`, () => {
    const parts = softBreaks(word);
    assert.equal(parts.length, count);
    assert.equal(parts.join(''), word);
    assert.ok(parts.every(part => !/^\p{M}/u.test(part)));
  });
}

test('words of usual length are not cut', () => {
  assert.equal(softBreaks('سلام '.repeat(1000)).length, 1);
});

test('a cut word is the same text', () => {
  const word = 'ب'.repeat(1001);
  for (const source of [word, `**${word}**`, `\`${word}\``, `- ${word}`]) {
    const root = finished(source);
    assert.equal(root.textContent, word);
    assert.equal(root.querySelectorAll('wbr').length, 2);
  }
});
