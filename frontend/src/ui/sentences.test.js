import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentences } from './sentences.js';

const { Segmenter } = Intl;

for (const [which, given] of /** @type {const} */ ([
  ['of the browser', Segmenter],
  ['of a browser without them', undefined],
])) {
  test(`lines are cut into the sentences ${which}`, t => {
    use(t, given);
    assert.deepEqual(sentences('One. Two!\n\nThree', 'en'), ['One.', 'Two!', 'Three']);
    assert.deepEqual(sentences('一。二！', 'zh'), ['一。', '二！']);
  });

  test(`no part of the sentences ${which} is long, and none is lost`, t => {
    use(t, given);
    const long = `${'Many words, without an end '.repeat(40)}${'x'.repeat(450)}${'𝒳'.repeat(150)}`;
    const parts = sentences(long, 'en');
    assert.ok(parts.every(part => part.length <= 200 && part.isWellFormed()));
    assert.equal(parts.join('').replaceAll(' ', ''), long.replaceAll(' ', ''));
    assert.ok(
      parts[0].endsWith('Many words,') || parts[0].endsWith('words,') || /\w$/.test(parts[0]),
    );
  });
}

/**
 * @param {import('node:test').TestContext} t
 * @param {typeof Segmenter | undefined} given
 */
function use(t, given) {
  if (!given) Reflect.deleteProperty(Intl, 'Segmenter');
  t.after(() => Object.assign(Intl, { Segmenter }));
}
