import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway, waitUntil } from '../support/gateway.js';
import { demoProvider } from './provider.js';
import { staticHost, staticPage } from './static-host.js';

/** @import { AddressInfo } from 'node:net' */
/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { Gateway, Settings } from '../support/gateway.js' */
/** @typedef {{ gateway: Gateway, url: string, page: string }} State  the process and its URLs */

const TOKEN = 'public-token';
const PREVIOUS_TOKEN = 'previous-public-token';
const PROVIDER_KEY = 'provider-key'; // the key «demo» starts the gateway's own provider
const TIMEOUT_MS = 30_000;
const HIGH_LIMITS = { RATE_LIMIT_PER_MINUTE: '10000', MAX_STREAMS_PER_CLIENT: '100' };

/**
 * A gateway and a page on two origins as in production, with the demo provider. A state is set up
 * when it is first requested.
 */
export async function deployment() {
  const folder = mkdtempSync(join(tmpdir(), 'deployment-'));
  /** @type {(() => unknown)[]} */
  const cleanups = [() => rmSync(folder, { recursive: true })];
  /** @type {Map<string, Promise<State>>} */
  const prepared = new Map();

  const providerUrl = await provider('--key', PROVIDER_KEY, '--speed', '1');

  const host = await page('page');
  const healthy = await production();
  const built = staticPage(healthy.url, TOKEN);
  cleanups.push(built.remove);
  cpSync(built.folder, join(folder, 'page'), { recursive: true });

  /** @type {Record<string, () => Promise<State>>} */
  const states = {
    healthy: async () => state(healthy),
    buffered: async () => ({ ...state(healthy), url: await serve(buffering(healthy.url)) }),
    limited: async () => state(await production({ RATE_LIMIT_PER_MINUTE: '1' })),
    'foreign-origin': async () => ({ ...state(healthy), page: (await page('page')).origin }),
    'breaker-open': async () => {
      const overloaded = await provider('--key', PROVIDER_KEY, '--drill', 'overloaded');
      return state(await production({ OPENAI_API_BASE: overloaded }));
    },
    'key-refused': async () => state(await production({ OPENAI_API_KEY: 'wrong' })),
    'outdated-page': async () => {
      cpSync(built.folder, join(folder, 'outdated'), { recursive: true });
      const config = { gatewayUrl: healthy.url, gatewayToken: PREVIOUS_TOKEN };
      writeFileSync(join(folder, 'outdated', 'config.json'), JSON.stringify(config));
      return { ...state(healthy), page: (await page('outdated')).origin };
    },
    'own-page': async () => {
      const gateway = await production({ SERVE_PAGE: 'true', ALLOWED_ORIGINS: '' });
      return { ...state(gateway), page: gateway.url };
    },
    'budget-spent': async () => state(await production({ DAILY_TOKEN_BUDGET: '10' })),
    'redis-down': async () => state(await production({ REDIS_URL: 'redis://127.0.0.1:1' })),
    rotating: async () => state(await production(rotation())),
  };
  return { variables, close };

  /**
   * Puts the deployment into that state.
   * @param {string} name
   * @returns {Promise<Settings>} the variables of the runbook
   */
  async function variables(name) {
    if (!states[name]) throw new Error(`the deployment has no state «${name}»`);
    const preparing = prepared.get(name) ?? states[name]();
    const current = await preparing;
    if (!prepared.has(name) || name === 'limited') await provoke(name, current.url);
    prepared.set(name, preparing);
    const log = join(folder, 'gateway.log');
    writeFileSync(log, current.gateway.output());
    return {
      GATEWAY: current.url,
      PAGE: current.page,
      TOKEN,
      PREVIOUS_TOKEN,
      MANAGEMENT: current.gateway.management,
      LOG: log,
    };
  }

  async function close() {
    for (const cleanup of cleanups.reverse()) await cleanup();
  }

  /** @param {Settings} settings */
  async function production(settings = {}) {
    const started = await startGateway({
      GATEWAY_TOKEN: TOKEN,
      OPENAI_API_KEY: PROVIDER_KEY,
      OPENAI_API_BASE: providerUrl,
      ALLOWED_ORIGINS: host.origin,
      SERVE_PAGE: 'false',
      ...HIGH_LIMITS,
      ...settings,
    });
    cleanups.push(started.stop);
    return started;
  }

  /**
   * @param {string[]} options  of the command line
   * @returns {Promise<string>} its base URL
   */
  async function provider(...options) {
    const started = await demoProvider(...options);
    cleanups.push(started.stop);
    return started.base;
  }

  /** @param {string} name  of the folder it serves */
  async function page(name) {
    const started = await staticHost(() => join(folder, name));
    cleanups.push(started.close);
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
    cleanups.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = /** @type {AddressInfo} */ (server.address());
    return `http://127.0.0.1:${port}`;
  }
}

/** The previous token expires in a day. */
function rotation() {
  const until = new Date(Date.now() + 86_400_000).toISOString();
  return { GATEWAY_TOKEN_PREVIOUS: PREVIOUS_TOKEN, GATEWAY_TOKEN_PREVIOUS_UNTIL: until };
}

/**
 * Sends chats until the gateway is in that state.
 * @param {string} name
 * @param {string} url
 */
async function provoke(name, url) {
  if (name === 'limited')
    await waitUntil(TIMEOUT_MS, 'a 429', async () => (await chat(url)) === 429);
  if (name === 'breaker-open')
    await Promise.all(Array.from({ length: 12 }, (_, n) => chat(url, `198.51.100.${n}`)));
  if (name === 'budget-spent')
    await waitUntil(TIMEOUT_MS, 'a 503', async () => (await chat(url)) === 503);
  else if (name !== 'limited') await chat(url);
}

/**
 * Sends one chat request and reads the whole answer.
 * @param {string} url
 * @param {string} [address] of the client, as a proxy on this machine forwards it
 */
async function chat(url, address = '127.0.0.1') {
  const response = await fetch(`${url}/v1/chat`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${TOKEN}`,
      'Content-Type': 'application/json',
      'X-Forwarded-For': address,
    },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'Say hello' }] }),
  });
  await response.text();
  return response.status;
}

/**
 * A proxy that buffers each response until it is complete.
 * @param {string} target
 * @returns {(request: IncomingMessage, response: ServerResponse) => Promise<void>}
 */
function buffering(target) {
  return async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { authorization = '' } = request.headers;
    const complete = await fetch(`${target}${request.url}`, {
      method: request.method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(chunks.length ? { body: Buffer.concat(chunks) } : {}),
    });
    const body = Buffer.from(await complete.arrayBuffer());
    const type = complete.headers.get('Content-Type') ?? '';
    response.writeHead(complete.status, { 'Content-Type': type });
    response.end(body);
  };
}
