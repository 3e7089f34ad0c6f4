import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import './page.fixture.js';
import { patchText } from './patch-text.js';

/**
 * Records the calls, because happy-dom does not update ranges within a text node.
 * @param {string} text
 * @param {string} next
 */
function calls(text, next) {
  const node = document.createTextNode(text);
  /** @type {unknown[][]} */
  const made = [];
  node.appendData = (...args) => made.push(['append', ...args]);
  node.replaceData = (...args) => made.push(['replace', ...args]);
  patchText(node, next);
  return made;
}

describe('a patched text node', () => {
  it('is not changed when equal', () => {
    assert.deepEqual(calls('abc', 'abc'), []);
  });

  it('is appended to when the text grows', () => {
    assert.deepEqual(calls('abc', 'abcde'), [['append', 'de']]);
  });

  it('is replaced from the first difference', () => {
    assert.deepEqual(calls('abcd', 'abxyz'), [['replace', 2, 2, 'xyz']]);
    assert.deepEqual(calls('abcd', 'ab'), [['replace', 2, 2, '']]);
  });
});
