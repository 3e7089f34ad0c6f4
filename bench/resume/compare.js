import { randomBytes } from 'node:crypto';
import { startRedis, untilConnected } from '../../e2e/jar/redis-server.js';
import { startGateway } from '../../e2e/support/gateway.js';
import { cpuMs, median } from '../cpu-time.js';
import { event, startProvider, writePaced } from '../provider.js';

/** @import { Gateway } from '../../e2e/support/gateway.js' */

const TOKEN = 'dev-token';
const ROUNDS = 7;
const CLIENTS = 8;
const EVENTS = 20_000; // of an answer
const PACED_EVENTS = 400;
const PACE_MS = 10;
const RESUMES = 40;

/** @type {Gateway[]} */
const gateways = [];
const delta = event({ type: 'response.output_text.delta', delta: 'words ' });
const provider = await startProvider((question, response) =>
  question.includes('paced')
    ? writePaced(response, Array(PACED_EVENTS).fill(delta), PACE_MS)
    : response.write(delta.repeat(question.includes('thousand') ? 1000 : EVENTS)),
);
const redis = await startRedis();
const alone = await start({});
const shared = await start({ REDIS_URL: redis.url });
await untilConnected(shared);

/** @type {{ name: string, gateway: Gateway, hasKey: boolean }[]} */
const variants = [
  { name: 'no Resume-Key', gateway: alone, hasKey: false },
  { name: 'Resume-Key', gateway: alone, hasKey: true },
  { name: 'Resume-Key, Redis', gateway: shared, hasKey: true },
  { name: 'no Resume-Key, Redis', gateway: shared, hasKey: false },
];

try {
  console.log('| | burst, µs CPU an event | paced, µs CPU an event | ratio burst | ratio paced |');
  console.log('|---|---|---|---|---|');
  const burst = await medians('burst', EVENTS);
  const paced = await medians('paced', PACED_EVENTS);
  for (const [index, { name }] of variants.entries())
    console.log(
      `| ${name} | ${burst[index].toFixed(2)} | ${paced[index].toFixed(1)} | ${(burst[index] / burst[0]).toFixed(2)} | ${(paced[index] / paced[0]).toFixed(2)} |`,
    );
  console.log(`\nmemory of an answer of 1,000 deltas: ${await memoryOfAnAnswer()} bytes`);
  for (const [name, from, to] of /** @type {[string, Gateway, Gateway][]} */ ([
    ['at the same instance', alone, alone],
    ['through Redis', shared, await start({ REDIS_URL: redis.url })],
  ]))
    console.log(`first missed event ${name}: median ${await timeToFirstMissed(from, to)} ms`);
} finally {
  await Promise.all(gateways.map(gateway => gateway.stop()));
  await redis.stop();
  provider.close();
}

/** @param {Record<string, string>} settings */
async function start(settings) {
  const gateway = await startGateway(
    {
      OPENAI_API_KEY: 'none',
      OPENAI_API_BASE: provider.base,
      GATEWAY_TOKEN: TOKEN,
      RATE_LIMIT_PER_MINUTE: '1000000',
      MAX_STREAMS_PER_CLIENT: '1000',
      RESUME_TTL: '5s',
      ...settings,
    },
    [],
    ['-XX:TieredStopAtLevel=4'],
  );
  gateways.push(gateway);
  return gateway;
}

/**
 * The medians of all variants, measured in turn.
 * @param {string} question
 * @param {number} events
 */
async function medians(question, events) {
  /** @type {number[][]} */
  const rounds = variants.map(() => []);
  for (let round = -1; round < ROUNDS; round++)
    for (const [index, { gateway, hasKey }] of variants.entries()) {
      const before = cpuMs(gateway);
      await Promise.all(Array.from({ length: CLIENTS }, () => ask(gateway, question, hasKey)));
      const cost = ((cpuMs(gateway) - before) * 1000) / (CLIENTS * events);
      if (round >= 0) rounds[index].push(cost); // the first one warms up
    }
  return rounds.map(median);
}

async function memoryOfAnAnswer() {
  await new Promise(resolve => setTimeout(resolve, 6_000));
  for (let i = 0; i < 20; i++) await ask(alone, 'thousand', true);
  const metrics = await (await fetch(`${alone.management}/actuator/prometheus`)).text();
  const value = (/** @type {string} */ name) =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
  return Math.round(value('gateway_resume_memory_bytes') / value('gateway_resume_answers'));
}

/**
 * @param {Gateway} from
 * @param {Gateway} to
 */
async function timeToFirstMissed(from, to) {
  const times = [];
  for (let i = 0; i < RESUMES; i++) {
    const key = newKey();
    const response = await post(from, 'paced', key);
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    await reader.read();
    await reader.cancel();
    await new Promise(resolve => setTimeout(resolve, 400));
    const start = performance.now();
    const resumed = await fetch(`${to.url}/v1/chat/stream?after=1`, { headers: headers(key) });
    const missed = /** @type {ReadableStream<Uint8Array>} */ (resumed.body).getReader();
    let text = '';
    while (!text.includes('delta')) text += new TextDecoder().decode((await missed.read()).value);
    times.push(performance.now() - start);
    await missed.cancel();
    await fetch(`${to.url}/v1/chat/stream`, { method: 'DELETE', headers: headers(key) });
  }
  return median(times).toFixed(1);
}

/**
 * @param {Gateway} gateway
 * @param {string} question
 * @param {boolean} hasKey
 */
async function ask(gateway, question, hasKey) {
  const response = await post(gateway, question, hasKey ? newKey() : undefined);
  const text = await response.text();
  if (!text.includes('response.completed')) throw new Error(`no whole answer: ${text.slice(-300)}`);
}

/**
 * @param {Gateway} gateway
 * @param {string} question
 * @param {string} [key]
 */
function post(gateway, question, key) {
  return fetch(`${gateway.url}/v1/chat`, {
    method: 'POST',
    headers: { ...headers(key), 'Content-Type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content: question }] }),
  });
}

/** @param {string} [key] */
function headers(key) {
  return { Authorization: `Bearer ${TOKEN}`, ...(key && { 'Resume-Key': key }) };
}

function newKey() {
  return randomBytes(16).toString('base64url');
}
