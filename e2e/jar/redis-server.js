import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { waitUntil } from '../support/gateway.js';

/** @import { AddressInfo } from 'node:net' */
/** @import { Gateway } from '../support/gateway.js' */

const START_TIMEOUT_MS = 60_000;

/** Whether tests with Redis can run. */
export const isInstalled = !spawnSync('redis-server', ['--version']).error;
if (!isInstalled && process.env.CI === 'true') throw new Error('redis-server is not installed');

/**
 * Waits until a gateway has reached Redis. Its management port opens after the public one.
 * @param {Gateway} gateway
 */
export async function untilConnected(gateway) {
  await waitUntil(START_TIMEOUT_MS, 'redis_up', async () => {
    const metrics = await fetch(`${gateway.management}/actuator/prometheus`).catch(() => undefined);
    return /^redis_up 1\.0$/m.test((await metrics?.text()) ?? '');
  });
}

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
