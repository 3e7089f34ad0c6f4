import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actual, examples, expected } from './commonmark.fixture.js';
import { cut, finished, inside } from './page.fixture.js';

// Of 588. The others differ on purpose, see docs/rendering.md: formulas, `*` and `__` within words,
// inline raw HTML is text, bare URLs are links (GFM), and only common character references are known.
const MIN_PASSED = 555;

test('at least 555 of the 588 CommonMark 0.31 examples render as specified', t => {
  const missed = examples.filter(
    ({ markdown, html }) => actual(finished(markdown)) !== expected(html),
  );
  const passed = examples.length - missed.length;
  t.diagnostic(`${passed} of ${examples.length}; not ${missed.map(each => each.example)}`);
  assert.ok(passed >= MIN_PASSED, `${passed}`);
});

test('every CommonMark example renders the same wherever the stream is cut', () => {
  for (const { markdown, example } of examples) {
    const whole = inside(finished(markdown));
    for (let at = 1; at < markdown.length; at++) {
      const parts = inside(finished(markdown.slice(0, at), markdown.slice(at)));
      assert.equal(parts, whole, `example ${example} cut at ${at}`);
    }
    assert.equal(
      inside(finished(...cut(markdown, 1))),
      whole,
      `example ${example} letter by letter`,
    );
  }
});
