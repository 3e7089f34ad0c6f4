import { once } from 'node:events';
import { createServer } from 'node:http';
import { builtPage } from '../support/built-page.js';

/** @import { AddressInfo } from 'node:net' */

/**
 * Serves the built page as a static host does, with the configuration that was written for it.
 * @param {() => object} config
 */
export async function staticHost(config) {
  const page = builtPage();
  const server = createServer((request, response) => {
    if (request.url !== '/config.json') return page(request, response);
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(config()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  return { origin: `http://127.0.0.1:${port}`, close };

  async function close() {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}
