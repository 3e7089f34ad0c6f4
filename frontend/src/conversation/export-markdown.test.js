import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation.js';
import { exportMarkdown } from './export-markdown.js';

test('the selected branch is exported with a heading per turn', () => {
  let state = conversation({ id: 'c', at: 0 });
  state = applyUserAction(state, {
    type: 'asked',
    question: 'q',
    answer: 'a',
    text: 'Why?\n',
    at: 1,
  });
  state = applyAnswerEvent(state, { type: 'delta', id: 'a', text: 'Hm.', at: 2 });
  state = applyUserAction(state, { type: 'regenerated', of: 'a', answer: 'b', at: 3 });
  state = applyAnswerEvent(state, { type: 'delta', id: 'b', text: '*Because.*', at: 4 });
  state = applyUserAction(state, {
    type: 'asked',
    question: 'r',
    answer: 'd',
    text: 'And?',
    at: 5,
  });
  assert.equal(
    exportMarkdown(state, { user: 'You', assistant: 'Assistant' }),
    '# Why?\n\n## You\n\nWhy?\n\n## Assistant\n\n*Because.*\n\n## You\n\nAnd?\n',
  );
});
