import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGateway } from '../support/gateway.js';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { AddressInfo } from 'node:net' */
/** @import { Settings } from '../support/gateway.js' */
/** @typedef {{ count: number, content: string | object[], settings: Settings }} Large */

const HEAP = '-Xmx256m';
const STREAM_COUNT = 3500;
const EVENT_INTERVAL_MS = 1000;
const LARGE_BATCH_SIZE = 20; // uploads at once, so that a busy machine finishes each in time
const BATCH_SIZE = 50;
const BATCH_PAUSE_MS = 5;
const TIMEOUT_MS = 300_000;
const jvmOptions = readFileSync(new URL('../../backend/jvm.options', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line && !line.startsWith('#'));

const text = { count: 400, content: 'x'.repeat(900_000), settings: {} };
const images = {
  count: 100,
  content: [
    { type: 'input_text', text: 'What is it?' },
    ...Array(4).fill({ type: 'input_image', image_url: jpeg(1_500_000), detail: 'auto' }),
  ],
  settings: { VISION: 'true' },
};

for (const [name, options, large] of /** @type {[string, string[], Large][]} */ ([
  ['texts, the options of the image', [...jvmOptions, HEAP], text],
  ['texts, no options but the heap', [HEAP], text],
  ['images, the options of the image', [...jvmOptions, HEAP], images],
])) {
  test(`more requests than the heap can hold are refused, and no other is harmed: ${name}`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    const provider = await pausingProvider();
    const gateway = await startGateway(
      {
        GATEWAY_TOKEN: 'token',
        OPENAI_API_KEY: 'key',
        OPENAI_API_BASE: provider.base,
        TRUSTED_PROXIES: '127.0.0.0/8',
        ...large.settings,
      },
      [],
      options,
    );
    try {
      const maxStreams = Number(
        /"max_streams":(\d+)/.exec(await gateway.waitForLog(/max_streams/))?.[1],
      );
      const asked = [ask(gateway.url, 'Hello', 0)];
      provider.start();
      await asked[0].started;
      provider.hold();
      for (let i = 1; i <= large.count; i++) {
        asked.push(ask(gateway.url, large.content, i));
        if (i % LARGE_BATCH_SIZE === 0) await Promise.all(asked.map(it => it.uploaded));
      }
      provider.start();
      await Promise.all(asked.map(it => it.started));
      for (let i = 1; i <= STREAM_COUNT; i++) {
        asked.push(ask(gateway.url, 'Hello', large.count + i));
        if (i % BATCH_SIZE === 0) await sleep(BATCH_PAUSE_MS);
      }
      await Promise.all(asked.map(it => it.started));
      provider.complete();

      const answers = await Promise.all(asked.map(it => it.answer));
      const complete = answers.filter(it => /event: response\.completed/.test(it.body));
      const refused = answers.filter(it => it.status === 503);
      assert.deepEqual(
        answers.filter(it => !complete.includes(it) && !refused.includes(it)),
        [],
        'every request has a complete answer or is refused',
      );
      for (const { body, retryAfter } of refused) {
        assert.equal(JSON.parse(body).error.code, 'overloaded');
        assert.match(retryAfter ?? '', /^[1-9]\d*$/);
      }
      assert.ok(complete.includes(answers[0]), 'an answer that ran before is completed');
      assert.ok(complete.length >= maxStreams, `${complete.length} of ${maxStreams} answers`);
      assert.ok(refused.length > 0, 'the load exceeds the heap');

      assert.equal((await ask(gateway.url, 'Hello', 1).answer).status, 200);
      assert.equal(gateway.hasExited(), false);
      assert.doesNotMatch(gateway.output(), /OutOfMemoryError|"level":"ERROR"/);
      const usageLines = gateway.output().match(/"message":"chat"/g);
      assert.equal(usageLines?.length, complete.length + 1);
    } finally {
      await gateway.stop();
      await provider.close();
    }
  });
}

/**
 * Posts a question on a connection of its own. `uploaded` resolves when its body is sent, `started`
 * when the response begins.
 * @param {string} url
 * @param {Large['content']} content
 * @param {number} client
 */
function ask(url, content, client) {
  const body = JSON.stringify({ messages: [{ role: 'user', content }] });
  const sent = request(`${url}/v1/chat`, {
    method: 'POST',
    agent: new Agent(),
    headers: {
      Authorization: 'Bearer token',
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'X-Forwarded-For': `198.18.${client >> 8}.${client & 255}`,
    },
  });
  sent.end(body);
  const started = once(sent, 'response');
  return {
    uploaded: Promise.race([once(sent, 'finish'), started]),
    started,
    answer: started.then(([response]) => readAnswer(response)),
  };
}

/**
 * What passes for a JPEG of this size.
 * @param {number} chars
 */
function jpeg(chars) {
  const bytes = Buffer.alloc((chars / 4) * 3, 1);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return `data:image/jpeg;base64,${bytes.toString('base64')}`;
}

/** @param {IncomingMessage} response */
async function readAnswer(response) {
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return { status: response.statusCode, retryAfter: response.headers['retry-after'], body };
}

/**
 * A provider that holds its answers back, starts them, and continues each with an event a second,
 * until the test completes them.
 */
async function pausingProvider() {
  const delta = event({ type: 'response.output_text.delta', delta: 'word ' });
  const end = event({
    type: 'response.completed',
    response: {
      status: 'completed',
      usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
    },
  });
  /** @type {Set<ServerResponse>} */
  const held = new Set();
  /** @type {Set<ServerResponse>} */
  const running = new Set();
  let state = 'holding';
  const server = createServer((question, response) => {
    question.resume().on('end', () => {
      if (state === 'holding') held.add(response);
      else begin(response);
    });
  }).listen(0, '127.0.0.1', 4096);
  await once(server, 'listening');
  const timer = setInterval(() => {
    for (const response of running) response.write(delta);
  }, EVENT_INTERVAL_MS);
  return {
    base: `http://127.0.0.1:${/** @type {AddressInfo} */ (server.address()).port}/v1`,
    hold() {
      state = 'holding';
    },
    start() {
      state = 'starting';
      for (const response of held) begin(response);
      held.clear();
    },
    complete() {
      state = 'completing';
      for (const response of running) response.end(end);
      running.clear();
    },
    async close() {
      clearInterval(timer);
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };

  /** @param {ServerResponse} response */
  function begin(response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(delta);
    if (state === 'completing') response.end(end);
    else running.add(response);
  }
}

/** @param {Record<string, unknown>} data  with its type */
function event(data) {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}
