import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGateway } from '../support/gateway.js';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { AddressInfo } from 'node:net' */

const HEAP = '-Xmx256m';
const STREAM_COUNT = 3500;
const LARGE_COUNT = 400;
const LARGE_CHARS = 900_000;
const EVENT_INTERVAL_MS = 1000;
const BATCH_SIZE = 50;
const BATCH_PAUSE_MS = 5;
const TIMEOUT_MS = 300_000;
const jvmOptions = readFileSync(new URL('../../backend/jvm.options', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line && !line.startsWith('#'));

for (const [name, options] of /** @type {[string, string[]][]} */ ([
  ['the options of the image', [...jvmOptions, HEAP]],
  ['no options but the heap', [HEAP]],
])) {
  test(`more requests than the heap can hold are refused, and no other is harmed: ${name}`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    const provider = await endlessProvider();
    const gateway = await startGateway(
      {
        GATEWAY_TOKEN: 'token',
        OPENAI_API_KEY: 'key',
        OPENAI_API_BASE: provider.base,
        TRUSTED_PROXIES: '127.0.0.0/8',
      },
      [],
      options,
    );
    try {
      const maxStreams = Number(
        /"max_streams":(\d+)/.exec(await gateway.waitForLog(/max_streams/))?.[1],
      );
      const asked = [ask(gateway.url, 'Hello', 0)];
      await asked[0].started;
      for (let i = 1; i <= LARGE_COUNT; i++)
        asked.push(ask(gateway.url, 'x'.repeat(LARGE_CHARS), i));
      await Promise.all(asked.map(it => it.started));
      for (let i = 1; i <= STREAM_COUNT; i++) {
        asked.push(ask(gateway.url, 'Hello', LARGE_COUNT + i));
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
 * Posts a question on a connection of its own. `started` resolves with the status.
 * @param {string} url
 * @param {string} content
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
  return { started, answer: started.then(([response]) => readAnswer(response)) };
}

/** @param {IncomingMessage} response */
async function readAnswer(response) {
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return { status: response.statusCode, retryAfter: response.headers['retry-after'], body };
}

/** A provider whose answers go on, an event a second, until the test completes all of them. */
async function endlessProvider() {
  const delta = event({ type: 'response.output_text.delta', delta: 'word ' });
  const end = event({
    type: 'response.completed',
    response: {
      status: 'completed',
      usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
    },
  });
  /** @type {Set<ServerResponse>} */
  const running = new Set();
  let completed = false;
  const server = createServer((question, response) => {
    question.resume().on('end', () => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(delta);
      if (completed) response.end(end);
      else running.add(response);
    });
  }).listen(0, '127.0.0.1', 4096);
  await once(server, 'listening');
  const timer = setInterval(() => {
    for (const response of running) response.write(delta);
  }, EVENT_INTERVAL_MS);
  return {
    base: `http://127.0.0.1:${/** @type {AddressInfo} */ (server.address()).port}/v1`,
    complete() {
      completed = true;
      for (const response of running) response.end(end);
      running.clear();
    },
    async close() {
      clearInterval(timer);
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** @param {Record<string, unknown>} data  with its type */
function event(data) {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}
