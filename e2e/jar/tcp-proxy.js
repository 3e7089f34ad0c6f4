import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** @import { AddressInfo, Socket } from 'node:net' */

/**
 * A proxy of connections, which can lose them.
 * @param {string} target  address of an HTTP server
 */
export async function tcpProxy(target) {
  /** @type {Set<Socket>} */
  const clients = new Set();
  const { hostname, port: targetPort } = new URL(target);
  const server = createServer(client => {
    const upstream = connect(Number(targetPort), hostname);
    clients.add(client);
    client.on('close', () => {
      clients.delete(client);
      upstream.destroy();
    });
    upstream.on('close', () => client.destroy());
    for (const socket of [client, upstream]) socket.on('error', () => {}); // is closed then
    client.pipe(upstream).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, reset, close };

  /** Resets all connections. */
  function reset() {
    for (const client of clients) client.resetAndDestroy();
  }

  async function close() {
    reset();
    await new Promise(resolve => server.close(resolve));
  }
}
