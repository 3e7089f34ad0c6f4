import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import './page.fixture.js';
import { patchText } from './patch-text.js';

/**
 * happy-dom keeps a range in a text whatever is done to it, so that the calls are looked at.
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

describe('the text of a node', () => {
  it('is left alone where it is right', () => {
    assert.deepEqual(calls('abc', 'abc'), []);
  });

  it('is appended to where it grows', () => {
    assert.deepEqual(calls('abc', 'abcde'), [['append', 'de']]);
  });

  it('is replaced only from where it differs', () => {
    assert.deepEqual(calls('abcd', 'abxyz'), [['replace', 2, 2, 'xyz']]);
    assert.deepEqual(calls('abcd', 'ab'), [['replace', 2, 2, '']]);
  });
});
