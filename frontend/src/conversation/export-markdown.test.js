import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosen, conversation, progressed } from './conversation.js';
import { exportMarkdown } from './export-markdown.js';

test('a conversation reads as a document, of the branch that is shown', () => {
  let state = conversation({ id: 'c', at: 0 });
  state = chosen(state, { type: 'asked', question: 'q', answer: 'a', text: 'Why?\n', at: 1 });
  state = progressed(state, { type: 'delta', id: 'a', text: 'Hm.', at: 2 });
  state = chosen(state, { type: 'regenerated', of: 'a', answer: 'b', at: 3 });
  state = progressed(state, { type: 'delta', id: 'b', text: '*Because.*', at: 4 });
  state = chosen(state, { type: 'asked', question: 'r', answer: 'd', text: 'And?', at: 5 });
  assert.equal(
    exportMarkdown(state, { user: 'You', assistant: 'Assistant' }),
    '# Why?\n\n## You\n\nWhy?\n\n## Assistant\n\n*Because.*\n\n## You\n\nAnd?\n',
  );
});
