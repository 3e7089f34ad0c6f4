import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spokenText } from './spoken-text.js';

for (const [markdown, end, full, first] of [
  [
    'The **Nile** is 6,650 km long. And old.',
    'Answer complete, 8 words',
    'The Nile is 6,650 km long. And old.',
    'The Nile is 6,650 km long.',
  ],
  ['👍', 'Answer complete, 1 word', '👍', '👍'],
  ['', 'The answer has no text', '', ''],
])
  test(`“${markdown}” is spoken as the setting has it`, () => {
    assert.deepEqual(spokenText(markdown, 'full'), { end, text: full });
    assert.deepEqual(spokenText(markdown, 'first'), { end, text: first });
    assert.deepEqual(spokenText(markdown, 'complete'), { end, text: undefined });
  });

for (const [language, text] of [
  ['Chinese', '尼罗河是世界上最长的河流。'],
  ['Japanese', 'ナイル川は長いです。'],
  ['Thai', 'แม่น้ำไนล์ยาวมาก'],
])
  test(`the words of a ${language} text are counted`, () => {
    const words = Number(/\d+/.exec(spokenText(text, 'full').end));
    assert.ok(words >= 3 && words < text.length, `${words}`);
    assert.equal(spokenText(text, 'first').text, text);
  });

test('without a segmenter the parts between spaces are counted', t => {
  const { Segmenter } = Intl;
  t.after(() => Object.assign(Intl, { Segmenter }));
  Reflect.deleteProperty(Intl, 'Segmenter');
  assert.equal(spokenText('The **Nile** is long.', 'full').end, 'Answer complete, 4 words');
  assert.equal(spokenText('', 'full').end, 'The answer has no text');
});
