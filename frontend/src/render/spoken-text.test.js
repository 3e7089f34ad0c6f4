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
  test(`“${markdown}” is spoken as the setting has it`, async () => {
    assert.deepEqual(await spokenText(markdown, 'full'), { end, text: full });
    assert.deepEqual(await spokenText(markdown, 'first'), { end, text: first });
    assert.deepEqual(await spokenText(markdown, 'complete'), { end, text: undefined });
  });

for (const [language, text] of [
  ['Chinese', '尼罗河是世界上最长的河流。'],
  ['Japanese', 'ナイル川は長いです。'],
  ['Thai', 'แม่น้ำไนล์ยาวมาก'],
])
  test(`the words of a ${language} text are counted`, async () => {
    const words = Number(/\d+/.exec((await spokenText(text, 'full')).end));
    assert.ok(words >= 3 && words < text.length, `${words}`);
    assert.equal((await spokenText(text, 'first')).text, text);
  });

test('without a segmenter the parts between spaces are counted', async t => {
  const { Segmenter } = Intl;
  t.after(() => Object.assign(Intl, { Segmenter }));
  Reflect.deleteProperty(Intl, 'Segmenter');
  assert.equal((await spokenText('The **Nile** is long.', 'full')).end, 'Answer complete, 4 words');
  assert.equal((await spokenText('', 'full')).end, 'The answer has no text');
});

test('a long answer is read in several tasks', async () => {
  let tasks = 0;
  const timer = setInterval(() => tasks++);
  const { end } = await spokenText('The **Nile** is long.\n\n'.repeat(5_000), 'complete');
  clearInterval(timer);
  assert.equal(end, 'Answer complete, 20,000 words');
  assert.ok(tasks > 1, `${tasks}`);
});
