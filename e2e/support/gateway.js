import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** @import { AddressInfo } from 'node:net' */
/** @typedef {Awaited<ReturnType<typeof gateway>>} Gateway */
/** @typedef {Record<string, string>} Settings  environment variables */

const jar =
  process.env.GATEWAY_JAR ??
  fileURLToPath(new URL('../../backend/target/gateway.jar', import.meta.url));
const oldestJava = 25;
const quickly = '-XX:TieredStopAtLevel=1'; // it lives too short for the compiler that costs more
const patience = 60_000; // milliseconds; a Java starts slowly on a busy machine

/**
 * Starts the built jar as anyone would, on ports of its own, and waits until it is well. It sees no
 * variable of this machine but those that are given.
 * @param {Settings} [settings]
 * @param {string[]} [options]  of the command line
 */
export async function gateway(settings = {}, options = []) {
  const [port, managementPort] = await freePorts(2);
  const running = run(
    { PORT: `${port}`, MANAGEMENT_PORT: `${managementPort}`, ...settings },
    options,
  );
  const url = `http://localhost:${port}`;
  await within(patience, 'a gateway that is well', async () => {
    if (running.hasEnded()) throw new Error(`the gateway did not start:\n${running.output()}`);
    return (await health()) === 200;
  });
  const management = `http://localhost:${managementPort}`;
  return { ...running, url, management, health, logged };

  /** The status of /health, or 0 where nobody answers. */
  async function health() {
    const response = await fetch(`${url}/health`).catch(() => undefined);
    await response?.arrayBuffer();
    return response?.status ?? 0;
  }

  /**
   * The first line of the log that matches, once it is there.
   * @param {RegExp} pattern
   * @param {number} [milliseconds]
   */
  async function logged(pattern, milliseconds = 5000) {
    const lines = () => running.output().split('\n');
    const line = () => lines().find(text => pattern.test(text));
    await within(milliseconds, `${pattern} in the log`, async () => line() !== undefined);
    return /** @type {string} */ (line());
  }
}

/**
 * Starts a jar, by default the gateway's, without waiting for it.
 * @param {Settings} settings
 * @param {string[]} [options]
 * @param {string} [file]
 */
export function run(settings, options = [], file = jar) {
  if (!existsSync(file)) throw new Error(`${file} is not built: mvn package`);
  const child = spawn(java(), [quickly, '-jar', file, ...options], {
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
  const ended = new Promise(resolve => {
    child.once('close', (code, signal) => {
      process.off('exit', kill);
      resolve({ code, signal });
    });
  });
  return {
    output: () => output,
    /** How it ended, once it has: with an exit code or by a signal it did not handle. */
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    /** Asks it to end. */
    terminate: () => child.kill('SIGTERM'),
    stop,
  };

  /** Asks it to end, and makes it if it does not. */
  async function stop() {
    const timer = setTimeout(kill, 10_000);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
  }
}

/**
 * Waits for what must come true, and fails if it does not in time.
 * @param {number} milliseconds
 * @param {string} what
 * @param {() => Promise<boolean>} condition
 */
export async function within(milliseconds, what, condition) {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${milliseconds} ms in vain for ${what}`);
    await pause(20);
  }
}

/** The machine's Java, if it is new enough for the gateway. */
function java() {
  const { JAVA_HOME } = process.env;
  const command = JAVA_HOME ? join(JAVA_HOME, 'bin', 'java') : 'java';
  const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  const [, major] = /^\S+ (\d+)/.exec(stdout ?? '') ?? [];
  if (Number(major) >= oldestJava) return command;
  const which = JAVA_HOME
    ? 'the one of JAVA_HOME'
    : 'JAVA_HOME is not set, and the one on the PATH';
  throw new Error(`the gateway needs Java ${oldestJava}: ${which} is ${major ?? 'missing'}`);
}

/**
 * Ports nobody listens on, all different.
 * @param {number} count
 */
async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, listening));
  return Promise.all(
    servers.map(async server => {
      const { port } = /** @type {AddressInfo} */ (server.address());
      await new Promise(resolve => server.close(resolve));
      return port;
    }),
  );
}

/** @returns {Promise<import('node:net').Server>} */
function listening() {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });
}
