import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** @import { AddressInfo } from 'node:net' */
/** @typedef {Awaited<ReturnType<typeof startGateway>>} Gateway  a process */
/** @typedef {Record<string, string>} Settings  environment variables */

/** The built gateway. */
export const gatewayJar =
  process.env.GATEWAY_JAR ??
  fileURLToPath(new URL('../../backend/target/gateway.jar', import.meta.url));
const MIN_JAVA_VERSION = 25;
const JVM_OPTIONS = ['-XX:TieredStopAtLevel=1']; // a short process does not recover the cost of C2
const START_TIMEOUT_MS = 180_000;
const HEALTH_TIMEOUT_MS = 5_000;
const LOG_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const POLL_INTERVAL_MS = 20;

/**
 * Starts the built jar on free ports and waits until it is healthy. It gets only the given
 * environment variables and PATH.
 * @param {Settings} [settings]
 * @param {string[]} [options]  of the command line
 * @param {string[]} [jvmOptions]
 * @param {string} [file]
 */
export async function startGateway(
  settings = {},
  options = [],
  jvmOptions = [],
  file = gatewayJar,
) {
  const [port, managementPort] = await freePorts(2);
  const running = startJar(
    { PORT: `${port}`, MANAGEMENT_PORT: `${managementPort}`, ...settings },
    options,
    file,
    jvmOptions,
  );
  const url = `http://localhost:${port}`;
  await waitUntil(START_TIMEOUT_MS, 'the gateway to be healthy', async () => {
    if (running.hasExited()) throw new Error(`the gateway did not start:\n${running.output()}`);
    return (await healthStatus()) === 200;
  });
  const management = `http://localhost:${managementPort}`;
  return { ...running, url, management, healthStatus, waitForLog };

  /** The status of /health, or 0 without a connection. */
  async function healthStatus() {
    const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
    const response = await fetch(`${url}/health`, { signal }).catch(() => undefined);
    await response?.arrayBuffer().catch(() => undefined);
    return response?.status ?? 0;
  }

  /**
   * Waits for a line of the log that matches, and returns the first one.
   * @param {RegExp} pattern
   */
  async function waitForLog(pattern) {
    const lines = () => running.output().split('\n');
    const line = () => lines().find(text => pattern.test(text));
    await waitUntil(LOG_TIMEOUT_MS, `${pattern} in the log`, async () => line() !== undefined);
    return /** @type {string} */ (line());
  }
}

/**
 * Starts a jar, by default the gateway's, without waiting for it.
 * @param {Settings} settings
 * @param {string[]} [options]
 * @param {string} [file]
 * @param {string[]} [jvmOptions]
 */
export function startJar(settings, options = [], file = gatewayJar, jvmOptions = []) {
  if (!existsSync(file)) throw new Error(`${file} is not built: mvn package`);
  const child = spawn(java(), [...JVM_OPTIONS, ...jvmOptions, '-jar', file, ...options], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      output += text;
    });
  }
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  /** @type {Promise<{ code: number | null, signal: string | null }>} */
  const exited = new Promise(resolve => {
    child.once('close', (code, signal) => {
      process.off('exit', kill);
      resolve({ code, signal });
    });
  });
  return {
    output: () => output,
    pid: child.pid,
    /** Resolves to the exit code, or to the signal that killed the process. */
    exited,
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
    terminate: () => child.kill('SIGTERM'),
    kill,
    stop,
  };

  /** Sends SIGTERM, and SIGKILL after a timeout. */
  async function stop() {
    const timer = setTimeout(kill, STOP_TIMEOUT_MS);
    child.kill('SIGTERM');
    await exited;
    clearTimeout(timer);
  }
}

/**
 * Polls a condition until it is true; throws after the timeout.
 * @param {number} timeoutMs
 * @param {string} description
 * @param {() => Promise<boolean>} condition
 */
export async function waitUntil(timeoutMs, description, condition) {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms for ${description}`);
    await sleep(POLL_INTERVAL_MS);
  }
}

/** The installed `java`; throws if it is too old for the gateway. */
function java() {
  const { JAVA_HOME } = process.env;
  const command = JAVA_HOME ? join(JAVA_HOME, 'bin', 'java') : 'java';
  const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  const [, major] = /^\S+ (\d+)/.exec(stdout ?? '') ?? [];
  if (Number(major) >= MIN_JAVA_VERSION) return command;
  const which = JAVA_HOME
    ? 'the one of JAVA_HOME'
    : 'JAVA_HOME is not set, and the one on the PATH';
  throw new Error(`the gateway needs Java ${MIN_JAVA_VERSION}: ${which} is ${major ?? 'missing'}`);
}

/**
 * Distinct ports on which no process listens.
 * @param {number} count
 */
export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  return Promise.all(
    servers.map(async server => {
      const { port } = /** @type {AddressInfo} */ (server.address());
      await new Promise(resolve => server.close(resolve));
      return port;
    }),
  );
}

/** @returns {Promise<import('node:net').Server>} */
function listen() {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });
}
