import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyAnswerEvent, applyUserAction, conversation } from './conversation.js';
import { exportMarkdown } from './export-markdown.js';

const names = { user: 'You', assistant: 'Assistant', sources: 'Sources', attached: 'Attached' };

test('an answer is exported with its sources, without its reasoning', () => {
  let state = conversation({ id: 'c', at: 0 });
  const action = /** @type {const} */ ({ type: 'asked', question: 'q', answer: 'a', text: 'Why?' });
  state = applyUserAction(state, { ...action, at: 1 });
  const delta = /** @type {const} */ ({ type: 'delta', id: 'a', at: 2 });
  const text = 'So ([a](https://a.example/?utm_source=openai)).';
  state = applyAnswerEvent(state, { ...delta, text });
  const sources = [
    { url: 'https://a.example/(x)', title: 'A [b](javascript:1) <i>' },
    { url: 'https://b.example/' },
    { filename: 'c_d.pdf' },
  ];
  const activity = { since: 1, reasoning: 'Secret', sources };
  state = applyAnswerEvent(state, { type: 'activity', activity: () => activity, id: 'a', at: 3 });
  const list = [
    '- [A \\[b\\](javascript:1) \\<i\\>](<https://a.example/(x)>)',
    '- [b.example](<https://b.example/>)',
    '- c\\_d.pdf',
  ];
  assert.equal(
    exportMarkdown(state, names),
    `# Why?\n\n## You\n\nWhy?\n\n## Assistant\n\nSo ([a](https://a.example/)).\n\nSources:\n\n${list.join('\n')}\n`,
  );
});

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
    exportMarkdown(state, names),
    '# Why?\n\n## You\n\nWhy?\n\n## Assistant\n\n*Because.*\n\n## You\n\nAnd?\n',
  );
});

for (const [text, closing] of [
  ['```js\nlet a', '```'],
  ['1. ~~~~\n   a', '   ~~~~'],
  ['> ```\n> a', '> ```'],
])
  test(`code in which an answer stopped ends with the answer: ${JSON.stringify(text)}`, () => {
    const action = /** @type {const} */ ({ type: 'asked', question: 'q', answer: 'a', text: 'Q' });
    let state = applyUserAction(conversation({ id: 'c', at: 0 }), { ...action, at: 1 });
    state = applyAnswerEvent(state, { type: 'delta', id: 'a', text, at: 2 });
    assert.equal(
      exportMarkdown(state, names),
      `# Q\n\n## You\n\nQ\n\n## Assistant\n\n${text}\n${closing}\n`,
    );
  });

test('what is attached is named, also without a text', () => {
  const at = { question: 'q', answer: 'a', at: 1 };
  const photo = { id: 'p', type: /** @type {const} */ ('image'), blob: new Blob() };
  const attachments = [
    { ...photo, name: 'a_b.jpg' },
    { ...photo, name: 'c.png', alt: 'A *cat*' },
  ];
  const asked = { type: /** @type {const} */ ('asked'), ...at, text: '', attachments };
  assert.equal(
    exportMarkdown(applyUserAction(conversation({ id: 'c', at: 0 }), asked), names),
    '# a_b.jpg\n\n## You\n\nAttached: a\\_b.jpg, c.png (A \\*cat\\*)\n',
  );
});
