import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** @import { AddressInfo } from 'node:net' */

/** Whether tests with Redis can run. */
export const isInstalled = !spawnSync('redis-server', ['--version']).error;
if (!isInstalled && process.env.CI === 'true') throw new Error('redis-server is not installed');

/** Redis on a free port, without persistence. */
export async function startRedis() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  const options = ['--bind', '127.0.0.1', '--port', `${port}`, '--save', ''];
  const child = spawn('redis-server', options, { stdio: 'ignore' });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
