import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { measure } from './size-gate.js';

/** @import { Rolldown } from 'vite' */

/** A file of incompressible bytes. */
function file(/** @type {number} */ bytes, properties = {}) {
  const content = Buffer.from(randomBytes(bytes));
  return /** @type {Rolldown.OutputBundle[string]} */ (
    /** @type {unknown} */ ({
      type: 'chunk',
      fileName: 'assets/x.js',
      code: content,
      source: content,
      imports: [],
      ...properties,
    })
  );
}

const bundle = [
  file(2048, { type: 'asset', fileName: 'index.html' }),
  file(4096, { type: 'asset', fileName: 'assets/app.css' }),
  file(16 * 1024, { isEntry: true }),
  file(10 * 1024, { name: 'transcript' }),
  file(1024, { type: 'asset', fileName: 'assets/grammar-go-x.js' }),
  file(2048, { name: 'palette', isDynamicEntry: true }),
];

test('each file is measured as its part', () => {
  assert.deepEqual(
    measure(bundle).map(({ part, size }) => [part, Math.round(size)]),
    [
      ['index.html', 2],
      ['styles', 4],
      ['application', 16],
      ['transcript', 10],
      ['language', 1],
      ['on demand', 2],
      ['total', 22],
      ['total', 32],
    ],
  );
});

test('the style sheet of the transcript is not part of the first load', () => {
  const styles = file(1024, { type: 'asset', fileName: 'assets/transcript-x.css' });
  const [, firstLoad, withTranscript] = measure([styles]);
  assert.deepEqual([firstLoad.size, Math.round(withTranscript.size)], [0, 1]);
});

test('the formulas are parts of their own, and of no total', () => {
  const library = file(3072, { name: 'typeset', isDynamicEntry: true });
  const styles = file(1024, { type: 'asset', fileName: 'assets/formulas-x.css' });
  const sizes = measure([library, styles]);
  assert.deepEqual(
    sizes.map(({ part, size }) => [part, Math.round(size)]),
    [
      ['formulas', 3],
      ['formula styles', 1],
      ['total', 0],
      ['total', 0],
    ],
  );
});

test('static imports of the application count as first load', () => {
  const archive = file(2048, { name: 'archive', fileName: 'assets/archive.js' });
  const application = file(4096, { isEntry: true, imports: ['assets/archive.js'] });
  assert.equal(Math.round(measure([archive, application]).at(-2)?.size ?? 0), 6);
});

test('a file over its budget is found, and a total over its own', () => {
  const exceeded = measure([...bundle, file(20 * 1024, { name: 'transcript' })]).filter(
    ({ size, budget }) => size > budget,
  );
  assert.deepEqual(
    exceeded.map(({ part }) => part),
    ['application', 'total'],
  );
});

test('a chunk of no part has a budget of 1 KB', () => {
  assert.equal(measure([file(100)])[0].budget, 1);
});
