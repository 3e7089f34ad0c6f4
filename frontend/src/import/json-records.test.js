import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonRecords } from './json-records.js';

test('a list is read one element at a time, however it is split', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 7 }), (list, size) => {
      const parts = [...jsonRecords(chunks(JSON.stringify(list, undefined, 1), size))];
      assert.deepEqual(
        parts.map(({ record }) => record),
        JSON.parse(JSON.stringify(list)),
      );
    }),
  );
});

test('the list of an object is read after the members before it, however it is split', () => {
  const text =
    '{"a":"\\"conversations\\":[", "b":[1,[2]], "conversations" : [ {"c":"]"}, 2 ], "d":4}';
  for (const size of [1, 2, 3, 5, 1000])
    assert.deepEqual(
      [...jsonRecords(chunks(text, size))],
      [
        { head: { a: '"conversations":[', b: [1, [2]], conversations: [] } },
        { record: { c: ']' } },
        { record: 2 },
        { rest: { a: '"conversations":[', b: [1, [2]], conversations: [], d: 4 } },
      ],
    );
});

test('an object without such a list is one record', () => {
  const value = { messages: [{ conversations: [1] }] };
  assert.deepEqual([...jsonRecords(chunks(JSON.stringify(value), 3))], [{ record: value }]);
});

test('a byte order mark is ignored', () => {
  assert.deepEqual([...jsonRecords(chunks('\uFEFF[1]', 1))], [{ record: 1 }]);
});

test('a record that is too large or not JSON is marked, and the next one is read', () => {
  const parts = [...jsonRecords(chunks(`["${'x'.repeat(90)}", {"a":tru}, 3]`, 10), 80)];
  assert.deepEqual(parts, [{ isTooLarge: true }, { isDamaged: true }, { record: 3 }]);
});

for (const text of [
  '',
  ' ',
  '[1',
  '[1]]',
  '[1] x',
  '[1}',
  '[1,]',
  '[,1]',
  '{"conversations":[1],}',
  '# Chat',
  '<html>',
])
  test(`the file ${JSON.stringify(text)} is damaged`, () => {
    assert.throws(() => [...jsonRecords(chunks(text, 2))], { reason: 'damaged' });
  });

/**
 * @param {string} text
 * @param {number} size
 */
function chunks(text, size) {
  const bytes = new TextEncoder().encode(text);
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}
