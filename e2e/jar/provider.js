import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { startJar, waitUntil } from '../support/gateway.js';
import { httpExchange } from '../support/http-exchange.js';

/** @import { AddressInfo } from 'node:net' */
/** @import { HttpExchange } from '../support/http-exchange.js' */
/** @typedef {HttpExchange & { path: string | undefined }} ProviderExchange */

const jar = fileURLToPath(new URL('../../demo-provider/target/demo-provider.jar', import.meta.url));
const START_TIMEOUT_MS = 60_000;

/**
 * Starts the demo provider as a process.
 * @param {string[]} options  of its command line
 */
export async function demoProvider(...options) {
  const running = startJar({}, options, jar);
  await waitUntil(START_TIMEOUT_MS, 'the base URL of the demo provider', async () => {
    if (running.hasExited()) throw new Error(`no demo provider:\n${running.output()}`);
    return running.output().endsWith('/v1\n');
  });
  return { base: running.output().trim(), stop: running.stop };
}

/** A provider for tests that decide when each event is sent, which the demo provider cannot do. */
export async function scriptedProvider() {
  /** @type {ProviderExchange[]} */
  const exchanges = [];
  const arrivals = new EventEmitter();
  const server = createServer(async (request, response) => {
    const exchange = { path: request.url, ...(await httpExchange(request, response)) };
    exchanges.push(exchange);
    arrivals.emit('exchange', exchange);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  return { base: `http://127.0.0.1:${port}/v1`, nextExchange, exchangesWith, close };

  /**
   * Waits for the next request; call it before the request is sent.
   * @returns {Promise<ProviderExchange>}
   */
  async function nextExchange() {
    const [exchange] = await once(arrivals, 'exchange');
    return exchange;
  }

  /**
   * The requests so far that have this text in their body.
   * @param {string} text
   */
  function exchangesWith(text) {
    return exchanges.filter(exchange => exchange.text.includes(text));
  }

  async function close() {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}
