import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { gateway, run } from '../support/gateway.js';
import { scriptedProvider } from './provider.js';
import { staticHost, staticPage } from './static-host.js';

/** @import { AddressInfo } from 'node:net' */

const token = 'public-token';
const words = Array.from({ length: 12 }, (_, at) => `${at} `);

describe('validate, of the built jar and the built page on two ports', () => {
  /** @type {Awaited<ReturnType<typeof pair>>} */
  let deployed;
  before(async () => {
    deployed = await pair();
  });
  after(() => deployed?.close());

  test('passes, and leaves its evidence', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
    const file = join(folder, 'evidence.md');
    const { code, output } = await validate([
      '--gateway',
      deployed.gateway,
      '--page',
      deployed.page,
      '--preview',
      'https://chat-git-x.vercel.app',
      '--evidence',
      file,
    ]);
    assert.equal(code, 0, output);
    assert.match(output, /15 passed, 0 failed, 3 skipped/);
    assert.match(readFileSync(file, 'utf8'), /\| the text comes as it is written.* \| passed \|/);
    assert.ok(!output.includes(token));
    rmSync(folder, { recursive: true });
  });

  test('notices a token that is not the gateway’s', async () => {
    const { code, output } = await validate([
      '--gateway',
      deployed.gateway,
      '--page',
      deployed.page,
      '--token',
      'another',
    ]);
    assert.equal(code, 1);
    assert.match(output, /failed +the first answer begins in time +answered 401/);
  });

  test('notices a proxy that holds the text back', async () => {
    const proxy = await bufferingProxy(deployed.gateway);
    const { code, output } = await validate(['--gateway', proxy.url, '--page', deployed.page]);
    assert.equal(code, 1);
    assert.match(output, /failed +the text comes as it is written, not at the end/);
    assert.match(output, /failed +its config.json points to the gateway/);
    await proxy.close();
  });
});

/** @param {string[]} options */
async function validate(options) {
  const running = run({}, ['validate', ...options]);
  const { code } = await running.ended;
  return { code, output: running.output() };
}

async function pair() {
  const provider = await scriptedProvider();
  const host = await staticHost(() => page.folder);
  const running = await gateway({
    GATEWAY_TOKEN: token,
    OPENAI_API_KEY: 'key',
    OPENAI_API_BASE: provider.base,
    ALLOWED_ORIGINS: host.origin,
    ALLOWED_ORIGIN_REGEX: 'https://chat-[a-z0-9-]+[.]vercel[.]app',
    SERVE_PAGE: 'false',
    RATE_LIMIT_PER_MINUTE: '1000',
  });
  const page = staticPage(running.url, token);
  let open = true;
  answerAll();
  return { gateway: running.url, page: host.origin, close };

  async function answerAll() {
    while (open) answerOne(await provider.asked());
  }

  /** @param {Awaited<ReturnType<typeof provider.asked>>} question */
  async function answerOne(question) {
    for (const word of words) {
      question.say(word);
      await pause(30);
    }
    question.complete();
  }

  async function close() {
    open = false;
    await running.stop();
    await Promise.all([provider.close(), host.close()]);
    page.remove();
  }
}

/** As some stand before a gateway: it passes an answer on once it has all of it. @param {string} to */
async function bufferingProxy(to) {
  const server = createServer((asked, response) => {
    const { method, headers, url } = asked;
    const onward = request(to + url, { method, headers }, async answer => {
      const pieces = [];
      for await (const piece of answer) pieces.push(piece);
      const { 'transfer-encoding': _, ...rest } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, rest).end(Buffer.concat(pieces));
    });
    asked.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, close };

  async function close() {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}
