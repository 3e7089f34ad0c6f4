import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilities } from './capabilities.js';
import { ChatError } from './chat-error.js';

/** @import { PromptMessage } from '../conversation/branch.js' */
/** @import { Announced } from './capabilities.js' */

Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });

const question = [/** @type {const} */ ({ role: 'user', content: 'Hi' })];

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

test('the key of an answer waits for the announcement, but not for long', async t => {
  const { tested } = gateway(models('resume'));
  tested.ask();
  assert.match((await tested.resumeKey()) ?? '', /^[\w-]{22}$/);

  t.mock.timers.enable({ apis: ['setTimeout'] });
  const silent = gateway(() => /** @type {any} */ (new Promise(() => {}))).tested;
  silent.ask();
  const key = silent.resumeKey();
  t.mock.timers.tick(1000);
  assert.equal(await key, undefined);
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

test('without an announcement a question has its messages only', async () => {
  const { tested } = gateway(models());
  const all = { model: 'm', webSearch: true };
  assert.equal(await tested.requestBody(question, all), JSON.stringify({ messages: question }));
});

for (const [what, names, choices, fields] of /** @type {const} */ ([
  ['what is announced', ['restart', 'reasoning'], {}, { restart: true, reasoning: 'summary' }],
  ['a search of documents always', ['file_search'], {}, { tools: ['file_search'] }],
  ['no search of the web unless it is chosen', ['web_search'], {}, {}],
  [
    'a search of the web that is chosen',
    ['web_search'],
    { webSearch: true },
    { tools: ['web_search'] },
  ],
  ['no search that is not announced', [], { webSearch: true }, {}],
  ['no model if there is one', [], { model: 'm' }, {}],
  [
    'instructions as a message of the system',
    [],
    { instructions: ' Be brief. ' },
    {
      messages: [{ role: 'system', content: 'Be brief.' }, ...question],
    },
  ],
  ['no instructions of white space', [], { instructions: ' \n' }, {}],
]))
  test(`a question has ${what}`, async () => {
    const { tested } = gateway(models(...names));
    tested.ask();
    await settled();
    const body = JSON.parse(await tested.requestBody(question, choices));
    assert.deepEqual(body, { messages: question, ...fields });
  });

test('a question whose attachments were all taken out has no field for them', async () => {
  const { tested } = gateway(models('images'));
  tested.ask();
  await settled();
  /** @type {PromptMessage[]} */
  const messages = [
    { role: 'user', content: 'What is it?', attachments: [] },
    { role: 'assistant', content: 'A cat.' },
    { role: 'user', content: '', attachments: [] },
    { role: 'assistant', content: 'Another one.' },
    ...question,
  ];
  assert.equal(
    await tested.requestBody(messages),
    JSON.stringify({
      messages: [
        { role: 'user', content: 'What is it?' },
        { role: 'assistant', content: 'A cat.' },
        { role: 'user', content: '[image omitted]' },
        { role: 'assistant', content: 'Another one.' },
        ...question,
      ],
    }),
  );
});

test('of several models a question has the chosen one, or the first, with what this one can', async () => {
  const data = [
    { id: 'a', capabilities: [] },
    { id: 'b', label: 'Fast', capabilities: ['web_search'] },
  ];
  const { tested, announcements } = gateway(() => Response.json({ data }));
  tested.ask();
  await settled();
  const body = async (/** @type {string} */ model) =>
    JSON.parse(await tested.requestBody(question, { model, webSearch: true }));
  assert.deepEqual(await body('b'), { messages: question, model: 'b', tools: ['web_search'] });
  assert.deepEqual(await body('a'), { messages: question, model: 'a' });
  assert.deepEqual(await body('left'), { messages: question, model: 'a' });
  assert.deepEqual(
    announcements[0].models?.map(({ label }) => label),
    ['a', 'Fast'],
  );
  assert.equal(announcements[0].canChoose, true);
});

test('a question with a choice waits for the announcement, another one does not', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { tested } = gateway(models('web_search'));
  tested.ask();
  assert.equal(await tested.requestBody(question, {}), JSON.stringify({ messages: question }));
  assert.match(await tested.requestBody(question, { webSearch: true }), /web_search/);
});

test('a question waits ten seconds for an announcement, at most', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const tested = capabilities(
    () => new Promise(() => {}),
    () => {},
  );
  tested.ask();
  const body = tested.requestBody(question, { model: 'm' });
  t.mock.timers.tick(10_000);
  assert.equal(await body, JSON.stringify({ messages: question }));
});

for (const [what, response, code] of /** @type {[string, () => Response, string][]} */ ([
  ['was lost', () => fail(), 'unreachable'],
  ['was answered by a page', () => new Response('<html>'), 'unreachable'],
  [
    'met a host that starts the gateway',
    () => new Response('<html>', { status: 502 }),
    'unreachable',
  ],
  [
    'needs an access code',
    () => Response.json({ error: { code: 'access_code_required', message: '' } }, { status: 401 }),
    'access_code_required',
  ],
  [
    'was one too many',
    () => Response.json({ error: { code: 'rate_limit_exceeded', message: '' } }, { status: 429 }),
    'rate_limit_exceeded',
  ],
]))
  test(`an image is not left out where the request for models ${what}`, async () => {
    const { tested } = gateway(response);
    tested.ask();
    await settled();
    await assert.rejects(tested.requestBody(withImage()), error => {
      assert.ok(error instanceof ChatError);
      assert.equal(error.info.code, code);
      return true;
    });
    assert.equal(await tested.requestBody(question), JSON.stringify({ messages: question }));
  });

for (const [what, messages, choices] of /** @type {[string, PromptMessage[], any][]} */ ([
  ['an empty list', [{ ...question[0], attachments: [] }], {}],
  ['an older image', [...withImage(), ...question, ...question], {}],
  ['a refused image', withImage(), { messages: { x: { problem: { refused: ['a'] } } } }],
]))
  test(`a question with ${what} is asked where the request for models was lost`, async () => {
    const { tested } = gateway(fail);
    tested.ask();
    await settled();
    const body = JSON.parse(await tested.requestBody(messages, choices));
    assert.equal(body.messages.length, messages.length);
  });

test('an earlier refusal of the request for models explains no later failure', async () => {
  const error = { code: 'access_code_required', message: '' };
  const answers = [() => Response.json({ error }, { status: 401 }), () => new Promise(() => {})];
  const { tested } = gateway(/** @type {any} */ (() => answers.shift()?.()));
  tested.ask();
  await settled();
  tested.ask();
  const { setTimeout } = globalThis;
  globalThis.setTimeout = /** @type {any} */ ((/** @type {any} */ run) => setTimeout(run));
  await assert
    .rejects(tested.requestBody(withImage()), error => {
      assert.ok(error instanceof ChatError);
      assert.equal(error.info.code, 'unreachable');
      return true;
    })
    .finally(() => Object.assign(globalThis, { setTimeout }));
});

test('malformed models are left out', async () => {
  const data = [null, 1, { id: 2 }, { id: 'a', label: 3, capabilities: 'web_search' }];
  const { tested, announcements } = gateway(() => Response.json({ data }));
  tested.ask();
  await settled();
  assert.deepEqual(announcements[0].models, [{ id: 'a', label: 'a', capabilities: [] }]);
  assert.equal(announcements[0].canChoose, false);
});

test('a model that is not found makes it ask again at once', async () => {
  const { tested, requests } = gateway(models('reasoning'));
  tested.ask();
  await settled();
  tested.onError(new ChatError({ code: 'model_not_found', message: '', retryable: false }));
  assert.equal(await tested.requestBody(question, {}), JSON.stringify({ messages: question }));
  await settled();
  assert.equal(requests.length, 2);
  assert.match(await tested.requestBody(question, {}), /reasoning/);
});

/** @returns {PromptMessage[]} */
function withImage() {
  const attachments = [{ id: 'a', name: 'cat.webp', type: 'image', bytes: 1 }];
  return [/** @type {any} */ ({ role: 'user', content: 'What is it?', attachments })];
}

/** @param {() => Response} respond */
function gateway(respond) {
  /** @type {string[]} */
  const requests = [];
  /** @type {Announced[]} */
  const announcements = [];
  const tested = capabilities(
    async path => {
      requests.push(path);
      return respond();
    },
    announced => announcements.push(announced),
  );
  return { tested, requests, announcements };
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
