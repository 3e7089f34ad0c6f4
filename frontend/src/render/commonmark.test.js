import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actual, examples, expected } from './commonmark.fixture.js';
import { cut, inside, settled } from './page.fixture.js';

// Of 588. What is missed is meant: raw HTML within words is shown, bare addresses are links (GFM), and
// of the named characters only those that answers use are known.
const floor = 567;

test('CommonMark 0.31 is read as its examples say', t => {
  const missed = examples.filter(
    ({ markdown, html }) => actual(settled(markdown)) !== expected(html),
  );
  const read = examples.length - missed.length;
  t.diagnostic(`${read} of ${examples.length}; not ${missed.map(each => each.example)}`);
  assert.ok(read >= floor, `${read}`);
});

test('each example ends the same wherever it is cut', () => {
  for (const { markdown, example } of examples) {
    const whole = inside(settled(markdown));
    for (let at = 1; at < markdown.length; at++) {
      const parts = inside(settled(markdown.slice(0, at), markdown.slice(at)));
      assert.equal(parts, whole, `example ${example} cut at ${at}`);
    }
    assert.equal(
      inside(settled(...cut(markdown, 1))),
      whole,
      `example ${example} letter by letter`,
    );
  }
});
