import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { instructionMessages } from './instruction-messages.js';

afterEach(() => Reflect.deleteProperty(globalThis, 'localStorage'));

for (const [what, all, instructions, content] of /** @type {const} */ ([
  [
    'both texts, with a blank line between them',
    'Be kind.\n',
    ' In verse.',
    'Be kind.\n\nIn verse.',
  ],
  ['the text for all conversations', 'Be kind.', undefined, 'Be kind.'],
  ['the text of the conversation', null, 'In verse.', 'In verse.'],
]))
  test(`one message has ${what}`, () => {
    stored(all);
    assert.deepEqual(instructionMessages({ instructions }), [{ role: 'system', content }]);
  });

test('without instructions there is no message', () => {
  stored(' ');
  assert.deepEqual(instructionMessages({ instructions: '\n' }), []);
  assert.deepEqual(instructionMessages({}), []);
});

test('a text that another tab has changed is read', () => {
  stored('Be kind.');
  instructionMessages({});
  stored('Be brief.');
  assert.equal(instructionMessages({})[0].content, 'Be brief.');
});

/** @param {string | null} text */
function stored(text) {
  const localStorage = { getItem: () => text };
  Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true });
}
