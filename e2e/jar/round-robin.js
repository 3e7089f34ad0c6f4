import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';

/** @import { AddressInfo } from 'node:net' */

/**
 * A proxy that sends each request to the next of these addresses, as a platform does.
 * @param {() => string[]} targets
 */
export async function roundRobin(targets) {
  let turn = 0;
  const server = createServer((request, response) => {
    const all = targets();
    const { method, headers, url } = request;
    const upstream = forward(`${all[turn++ % all.length]}${url}`, { method, headers }, answer => {
      response.writeHead(/** @type {number} */ (answer.statusCode), answer.headers);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
