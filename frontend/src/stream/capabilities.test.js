import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilities } from './capabilities.js';
import { ChatError } from './chat-error.js';

test('what the first model announces is known after one request', async () => {
  const { tested, requests } = gateway(models('resume', 'images', 'restart'));
  tested.ask();
  assert.deepEqual(tested.announced(), {});
  tested.ask();
  await settled();
  assert.equal(tested.announced().restart, true);
  assert.match(tested.announced().resumption?.resumeKey() ?? '', /^[\w-]{22}$/);
  tested.ask();
  assert.deepEqual(requests, ['/v1/models']);
});

for (const [what, response] of /** @type {[string, () => Response][]} */ ([
  ['a gateway without the route', () => new Response(null, { status: 404 })],
  ['a gateway without capabilities', () => Response.json({ data: [{ id: 'm' }] })],
  ['a gateway without models', () => Response.json({ data: [] })],
  ['other capabilities', models('images')],
]))
  test(`${what}: nothing is on, and it is not asked again`, async () => {
    const { tested, requests } = gateway(response);
    tested.ask();
    await settled();
    tested.ask();
    const { restart = false, resumption } = tested.announced();
    assert.deepEqual([restart, resumption, requests.length], [false, undefined, 1]);
  });

for (const [what, response] of /** @type {[string, () => Response][]} */ ([
  ['a lost request', () => fail()],
  ['a gateway that starts', () => new Response('<html>', { status: 502 })],
  ['too many requests', () => new Response(null, { status: 429 })],
  ['a page in its place', () => new Response('<html>')],
]))
  test(`after ${what} it is asked again by the next use`, async () => {
    const answers = [response, models('resume')];
    const { tested } = gateway(() => (answers.shift() ?? fail)());
    tested.ask();
    await settled();
    assert.deepEqual(tested.announced(), {});
    tested.ask();
    await settled();
    assert.ok(tested.announced().resumption);
  });

test('an error that another configuration explains makes it ask again, others do not', async () => {
  const { tested, requests } = gateway(models('restart'));
  tested.ask();
  await settled();
  tested.onError(new ChatError({ code: 'timeout', message: 'late', retryable: true }));
  assert.equal(tested.announced().restart, true);
  tested.onError(new ChatError({ code: 'invalid_request', message: 'restart', retryable: false }));
  assert.deepEqual(tested.announced(), {});
  tested.ask();
  await settled();
  assert.deepEqual([tested.announced().restart, requests.length], [true, 2]);
});

/** @param {() => Response} respond */
function gateway(respond) {
  /** @type {string[]} */
  const requests = [];
  const tested = capabilities(async path => {
    requests.push(path);
    return respond();
  });
  return { tested, requests };
}

/** @param {string[]} names */
function models(...names) {
  return () => Response.json({ object: 'list', data: [{ id: 'm', capabilities: names }] });
}

/** @returns {never} */
function fail() {
  throw new TypeError('Failed to fetch');
}

async function settled() {
  await import('./resumable-stream.js');
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
}
