import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { weighed } from './size-gate.js';

/** @import { Rolldown } from 'vite' */

/** A file of so many bytes that do not compress. */
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
  file(15 * 1024, { isEntry: true }),
  file(10 * 1024, { name: 'renderer' }),
  file(1024, { facadeModuleId: '/x/highlight.js/lib/languages/go.js', isDynamicEntry: true }),
  file(2048, { name: 'palette', isDynamicEntry: true }),
];

test('each file is weighed for the part it is', () => {
  assert.deepEqual(
    weighed(bundle).map(({ part, size }) => [part, Math.round(size)]),
    [
      ['index.html', 2],
      ['styles', 4],
      ['application', 15],
      ['renderer', 10],
      ['language', 1],
      ['on demand', 2],
      ['total', 31],
    ],
  );
});

test('what the application imports comes before the first message, whatever it is', () => {
  const archive = file(2048, { name: 'archive', fileName: 'assets/archive.js' });
  const application = file(4096, { isEntry: true, imports: ['assets/archive.js'] });
  assert.equal(Math.round(weighed([archive, application]).at(-1)?.size ?? 0), 6);
});

test('what is over its budget is known', () => {
  const heavy = weighed(bundle).filter(({ size, budget }) => size > budget);
  assert.deepEqual(
    heavy.map(({ part }) => part),
    ['application'],
  );
});

test('a chunk that nobody planned has next to no budget', () => {
  assert.equal(weighed([file(100)])[0].budget, 1);
});
