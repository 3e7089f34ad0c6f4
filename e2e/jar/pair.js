import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { exchange } from '../support/exchange.js';
import { gateway, within } from '../support/gateway.js';
import { staticHost, staticPage } from './static-host.js';

/** @import { AddressInfo } from 'node:net' */
/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { Exchange } from '../support/exchange.js' */
/** @import { Gateway, Settings } from '../support/gateway.js' */
/** @typedef {{ gateway: Gateway, url: string, page: string }} State  of the pair, as an operator meets it */

const token = 'public-token';
const previousToken = 'previous-public-token';
const enough = { RATE_LIMIT_PER_MINUTE: '10000', MAX_STREAMS_PER_CLIENT: '100' };

/**
 * A gateway and a page on two origins as in production, and a provider that answers by itself. What
 * can be wrong with them is set up when it is first asked for.
 */
export async function pair() {
  const folder = mkdtempSync(join(tmpdir(), 'pair-'));
  /** @type {(() => unknown)[]} */
  const endings = [() => rmSync(folder, { recursive: true })];
  /** @type {Map<string, Promise<State>>} */
  const known = new Map();

  const model = await serve(async (...asked) => answer(await exchange(...asked)));

  const host = await page('page');
  const healthy = await production();
  const built = staticPage(healthy.url, token);
  endings.push(built.remove);
  cpSync(built.folder, join(folder, 'page'), { recursive: true });

  /** @type {Record<string, () => Promise<State>>} */
  const states = {
    healthy: async () => state(healthy),
    buffered: async () => ({ ...state(healthy), url: await serve(heldBack(healthy.url)) }),
    limited: async () => state(await production({ RATE_LIMIT_PER_MINUTE: '1' })),
    'foreign-origin': async () => ({ ...state(healthy), page: (await page('page')).origin }),
    'breaker-open': () => refusing(503, 'server_is_overloaded'),
    'key-refused': () => refusing(401, 'invalid_api_key'),
    'outdated-page': async () => {
      cpSync(built.folder, join(folder, 'outdated'), { recursive: true });
      const config = { gatewayUrl: healthy.url, gatewayToken: previousToken };
      writeFileSync(join(folder, 'outdated', 'config.json'), JSON.stringify(config));
      return { ...state(healthy), page: (await page('outdated')).origin };
    },
    'budget-spent': async () => state(await production({ DAILY_TOKEN_BUDGET: '10' })),
    rotating: async () => state(await production(rotation())),
  };
  return { variables, close };

  /**
   * Brings the pair into that state.
   * @param {string} name
   * @returns {Promise<Settings>} what the runbook calls it
   */
  async function variables(name) {
    if (!states[name]) throw new Error(`the pair has no state «${name}»`);
    const made = known.get(name) ?? states[name]();
    const now = await made;
    if (!known.has(name) || name === 'limited') await befall(name, now.url);
    known.set(name, made);
    const log = join(folder, 'gateway.log');
    writeFileSync(log, now.gateway.output());
    return {
      GATEWAY: now.url,
      PAGE: now.page,
      TOKEN: token,
      PREVIOUS_TOKEN: previousToken,
      MANAGEMENT: now.gateway.management,
      LOG: log,
    };
  }

  async function close() {
    for (const end of endings.reverse()) await end();
  }

  /** @param {Settings} settings */
  async function production(settings = {}) {
    const started = await gateway({
      GATEWAY_TOKEN: token,
      OPENAI_API_KEY: 'key',
      OPENAI_API_BASE: `${model}/v1`,
      ALLOWED_ORIGINS: host.origin,
      SERVE_PAGE: 'false',
      ...enough,
      ...settings,
    });
    endings.push(started.stop);
    return started;
  }

  /**
   * A gateway whose provider refuses every question.
   * @param {number} status
   * @param {string} code
   */
  async function refusing(status, code) {
    const provider = await serve(async (...asked) => {
      (await exchange(...asked)).refuse(status, { code });
    });
    return state(await production({ OPENAI_API_BASE: `${provider}/v1` }));
  }

  /** @param {string} name  of the folder it serves */
  async function page(name) {
    const started = await staticHost(() => join(folder, name));
    endings.push(started.close);
    return started;
  }

  /** @param {Gateway} started */
  function state(started) {
    return { gateway: started, url: started.url, page: host.origin };
  }

  /** @param {(request: IncomingMessage, response: ServerResponse) => Promise<void>} handle */
  async function serve(handle) {
    const server = createServer(handle).listen(0, '127.0.0.1');
    await once(server, 'listening');
    endings.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = /** @type {AddressInfo} */ (server.address());
    return `http://127.0.0.1:${port}`;
  }
}

/**
 * Says a few words, one after the other; many to who wants to count to a hundred.
 * @param {Exchange} question
 */
async function answer(question) {
  const words = JSON.stringify(question.body).includes('hundred') ? 20 : 3;
  for (let said = 0; said < words; said++) {
    question.say('word ');
    await pause(100);
  }
  question.complete();
}

/** The old token has a day to live. */
function rotation() {
  const until = new Date(Date.now() + 86_400_000).toISOString();
  return { GATEWAY_TOKEN_PREVIOUS: previousToken, GATEWAY_TOKEN_PREVIOUS_UNTIL: until };
}

/**
 * Has the gateway asked until what shall be wrong with it is wrong.
 * @param {string} name
 * @param {string} url
 */
async function befall(name, url) {
  if (name === 'limited') await within(30_000, 'a 429', async () => (await ask(url)) === 429);
  if (name === 'breaker-open') await Promise.all(Array.from({ length: 12 }, () => ask(url)));
  if (name === 'budget-spent') await within(30_000, 'a 503', async () => (await ask(url)) === 503);
  else if (name !== 'limited') await ask(url);
}

/**
 * Asks one question, to the end.
 * @param {string} url
 */
async function ask(url) {
  const response = await fetch(`${url}/v1/chat`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }] }),
  });
  await response.text();
  return response.status;
}

/**
 * A proxy that hands an answer on when it is whole.
 * @param {string} target
 * @returns {(request: IncomingMessage, response: ServerResponse) => Promise<void>}
 */
function heldBack(target) {
  return async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const { authorization = '' } = request.headers;
    const whole = await fetch(`${target}${request.url}`, {
      method: request.method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(pieces.length ? { body: Buffer.concat(pieces) } : {}),
    });
    const body = Buffer.from(await whole.arrayBuffer());
    response.writeHead(whole.status, { 'Content-Type': whole.headers.get('Content-Type') ?? '' });
    response.end(body);
  };
}
