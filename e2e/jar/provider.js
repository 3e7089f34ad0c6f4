import { once } from 'node:events';
import { createServer } from 'node:http';
import { exchange } from '../support/exchange.js';

/** @import { AddressInfo } from 'node:net' */

/** A model provider in the hand of the test. Its events are those of the gateway, or the reverse. */
export async function scriptedProvider() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  return { base: `http://127.0.0.1:${port}/v1`, asked, close };

  /** The next question; to be called before it is asked. */
  async function asked() {
    const [request, response] = await once(server, 'request');
    return { path: request.url, ...(await exchange(request, response)) };
  }

  async function close() {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}
