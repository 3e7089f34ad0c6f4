import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis, untilConnected } from '../../e2e/jar/redis-server.js';
import { freePorts, startGateway, waitUntil } from '../../e2e/support/gateway.js';
import { cpuMs, median } from '../cpu-time.js';
import { event, startProvider, writePaced } from '../provider.js';

/** @import { Gateway } from '../../e2e/support/gateway.js' */
/** @typedef {{ name: string, gateways: Gateway[], url: string }} Deployment */

const TOKEN = 'dev-token';
const ROUNDS = 7;
const INSTANCES = 3;
const CLIENTS = 10; // of each instance
const ANSWERS = 600; // of each instance, 10 at once
const SHORT_EVENTS = 37;
const PACED_EVENTS = 400;
const PACE_MS = 20;
const RATE = 60;
const MAX_STREAMS = 4;
const START_TIMEOUT_MS = 10_000;

/** @type {(() => unknown)[]} */
const stops = [];
const delta = event({ type: 'response.output_text.delta', delta: 'words ' });
const provider = await startProvider((question, response) =>
  question.includes('paced')
    ? writePaced(response, Array(PACED_EVENTS).fill(delta), PACE_MS)
    : response.write(delta.repeat(SHORT_EVENTS)),
);
const redis = await startRedis();
stops.push(redis.stop, provider.close);

try {
  const unlimited = { RATE_LIMIT_PER_MINUTE: '1000000', MAX_STREAMS_PER_CLIENT: '1000' };
  const one = await deploy('one instance', 1, unlimited);
  const three = await deploy('three instances, each', INSTANCES, unlimited);
  console.log('| | paced, µs CPU an event | short, µs CPU an answer | short, answers a second |');
  console.log('|---|---|---|---|');
  const paced = await medians([one, three], pacedLoad);
  const short = await medians([one, three], shortLoad);
  for (const [index, { name }] of [one, three].entries())
    console.log(
      `| ${name} | ${paced[index].cost.toFixed(1)} | ${short[index].cost.toFixed(0)} | ${short[index].rate.toFixed(0)} |`,
    );
  const limits = { RATE_LIMIT_PER_MINUTE: `${RATE}`, MAX_STREAMS_PER_CLIENT: `${MAX_STREAMS}` };
  const limited = await deploy('limited', INSTANCES, limits);
  await untilNextMinute();
  const counted = Array.from({ length: INSTANCES * RATE }, () => post(limited.url, ''));
  console.log(`\n${await accepted(counted, 400)} of ${counted.length} requests, limit ${RATE}`);
  await untilNextMinute();
  const streams = Array.from({ length: INSTANCES * MAX_STREAMS }, () => post(limited.url, 'paced'));
  console.log(`${await accepted(streams, 200)} of ${streams.length} streams, limit ${MAX_STREAMS}`);
} finally {
  for (const stop of stops.toReversed()) await stop();
}

/**
 * Instances that share the Redis, behind an nginx of their own.
 * @param {string} name
 * @param {number} count
 * @param {Record<string, string>} settings
 * @returns {Promise<Deployment>}
 */
async function deploy(name, count, settings) {
  /** @type {Gateway[]} */
  const gateways = [];
  for (let i = 0; i < count; i++) {
    const gateway = await startGateway(
      {
        OPENAI_API_KEY: name.replace(/\W/g, ''), // its hash is a part of the counters' names
        OPENAI_API_BASE: provider.base,
        GATEWAY_TOKEN: TOKEN,
        REDIS_URL: redis.url,
        ...settings,
      },
      [],
      ['-XX:TieredStopAtLevel=4', '-Xmx256m'],
    );
    stops.push(gateway.stop);
    gateways.push(gateway);
  }
  await Promise.all(gateways.map(untilConnected));
  return { name, gateways, url: await startNginx(gateways) };
}

/** @param {Gateway[]} gateways */
async function startNginx(gateways) {
  const [port] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const servers = gateways
    .map(({ url }) => `server 127.0.0.1:${new URL(url).port};`)
    .join('\n    ');
  const template = readFileSync(new URL('nginx.conf', import.meta.url), 'utf8');
  const config = template.replace('SERVERS', servers).replace('PORT', `${port}`);
  writeFileSync(join(folder, 'nginx.conf'), config);
  const child = spawn('nginx', ['-p', folder, '-c', 'nginx.conf'], { stdio: 'inherit' });
  stops.push(async () => {
    child.kill();
    await once(child, 'exit');
    rmSync(folder, { recursive: true });
  });
  const url = `http://127.0.0.1:${port}`;
  const isUp = () =>
    fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  await waitUntil(START_TIMEOUT_MS, 'nginx', isUp);
  return url;
}

/**
 * The medians of all deployments, measured in turn.
 * @param {Deployment[]} deployments
 * @param {(deployment: Deployment) => Promise<number>} load  resolves with the number of units
 */
async function medians(deployments, load) {
  /** @type {{ cost: number, rate: number }[][]} */
  const rounds = deployments.map(() => []);
  for (let round = -2; round < ROUNDS; round++)
    for (const [index, deployment] of deployments.entries()) {
      const before = totalCpuMs(deployment);
      const start = performance.now();
      const units = await load(deployment);
      const cost = ((totalCpuMs(deployment) - before) * 1000) / units;
      const rate = (units * 1000) / (performance.now() - start);
      if (round >= 0) rounds[index].push({ cost, rate }); // the first ones warm up
    }
  return rounds.map(all => ({
    cost: median(all.map(({ cost }) => cost)),
    rate: median(all.map(({ rate }) => rate)),
  }));
}

/** @param {Deployment} deployment */
function totalCpuMs({ gateways }) {
  return gateways.reduce((sum, gateway) => sum + cpuMs(gateway), 0);
}

/** @param {Deployment} deployment */
async function pacedLoad({ gateways, url }) {
  const clients = CLIENTS * gateways.length;
  await Promise.all(Array.from({ length: clients }, () => ask(url, 'paced')));
  return clients * PACED_EVENTS;
}

/** @param {Deployment} deployment */
async function shortLoad({ gateways, url }) {
  let left = ANSWERS * gateways.length;
  const client = async () => {
    while (left-- > 0) await ask(url, 'short');
  };
  await Promise.all(Array.from({ length: CLIENTS * gateways.length }, client));
  return ANSWERS * gateways.length;
}

/**
 * @param {string} url
 * @param {string} question
 */
async function ask(url, question) {
  const text = await (await post(url, question)).text();
  if (!text.includes('response.completed')) throw new Error(`no whole answer: ${text.slice(-300)}`);
}

/**
 * @param {string} url
 * @param {string} content  a request without content is counted and refused with 400
 */
function post(url, content) {
  return fetch(`${url}/v1/chat`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content }] }),
  });
}

/**
 * How many of the responses have this status. The others must be refused for the limit.
 * @param {Promise<Response>[]} sent
 * @param {number} status
 */
async function accepted(sent, status) {
  const responses = await Promise.all(sent);
  const statuses = responses.map(response => response.status);
  if (statuses.some(each => each !== status && each !== 429)) throw new Error(`${statuses}`);
  await Promise.all(responses.map(response => response.body?.cancel()));
  return statuses.filter(each => each === status).length;
}

/** The rate counts for a minute, so that one test does not count into the next one's. */
async function untilNextMinute() {
  await new Promise(resolve => setTimeout(resolve, 61_000));
}
