import { startGateway } from '../../e2e/support/gateway.js';
import { cpuMs, median } from '../cpu-time.js';
import { event, startProvider, writePaced } from '../provider.js';

/** @import { Gateway } from '../../e2e/support/gateway.js' */
/** @typedef {{ name: string, gateway: Gateway, body: object, sendsReasoning: boolean }} Variant */

const TOKEN = 'dev-token';
const ROUNDS = 9;
const CLIENTS = 8;
const EVENTS = 20_000; // of an answer
const PACED_EVENTS = 400;
const PACE_MS = 10;

/** @type {Gateway[]} */
const gateways = [];
const delta = event({ type: 'response.output_text.delta', delta: 'words ' });
const summary = event({
  type: 'response.reasoning_summary_text.delta',
  item_id: 'rs_1',
  output_index: 0,
  summary_index: 0,
  delta: 'words ',
});
const provider = await startProvider((question, response) => {
  const first = question.includes('reasoning"') ? summary : delta; // the end of the question
  const half = (/** @type {number} */ count) => [
    ...Array(count / 2).fill(first),
    ...Array(count / 2).fill(delta),
  ];
  return question.includes('paced')
    ? writePaced(response, half(PACED_EVENTS), PACE_MS)
    : response.write(half(EVENTS).join(''));
});
const other = process.argv[2];

try {
  const plain = await start({});
  const reasoning = await start({ REASONING_SUMMARY: 'auto' });
  const variants = [
    ...(other ? [variant('other version, text', await start({}, other))] : []),
    variant('text', plain),
    variant('half reasoning, not asked for', plain, {}, true),
    variant('half reasoning, relayed', reasoning, { reasoning: 'summary' }, true),
  ];
  const burst = await medians(variants, 'burst', EVENTS);
  const paced = await medians(variants, 'paced', PACED_EVENTS);
  console.log('| | burst, µs CPU an event | paced, µs CPU an event | ratio burst | ratio paced |');
  console.log('|---|---|---|---|---|');
  for (const [index, { name }] of variants.entries())
    console.log(
      `| ${name} | ${burst[index].toFixed(2)} | ${paced[index].toFixed(1)} | ${(burst[index] / burst[0]).toFixed(2)} | ${(paced[index] / paced[0]).toFixed(2)} |`,
    );
} finally {
  await Promise.all(gateways.map(gateway => gateway.stop()));
  provider.close();
}

/**
 * @param {string} name
 * @param {Gateway} gateway
 * @param {object} body  more members of the request
 * @param {boolean} sendsReasoning
 * @returns {Variant}
 */
function variant(name, gateway, body = {}, sendsReasoning = false) {
  return { name, gateway, body, sendsReasoning };
}

/**
 * @param {Record<string, string>} settings
 * @param {string} [jar]
 */
async function start(settings, jar) {
  const { GATEWAY_JAR } = process.env;
  if (jar) process.env.GATEWAY_JAR = jar;
  try {
    const gateway = await startGateway(
      {
        OPENAI_API_KEY: 'none',
        OPENAI_API_BASE: provider.base,
        GATEWAY_TOKEN: TOKEN,
        RATE_LIMIT_PER_MINUTE: '1000000',
        MAX_STREAMS_PER_CLIENT: '1000',
        ...settings,
      },
      [],
      ['-XX:TieredStopAtLevel=4'],
    );
    gateways.push(gateway);
    return gateway;
  } finally {
    if (GATEWAY_JAR === undefined) delete process.env.GATEWAY_JAR;
    else process.env.GATEWAY_JAR = GATEWAY_JAR;
  }
}

/**
 * The medians of all variants, measured in turn.
 * @param {Variant[]} variants
 * @param {string} pace
 * @param {number} events
 */
async function medians(variants, pace, events) {
  /** @type {number[][]} */
  const rounds = variants.map(() => []);
  for (let round = -1; round < ROUNDS; round++)
    for (const [index, asked] of variants.entries()) {
      const before = cpuMs(asked.gateway);
      await Promise.all(Array.from({ length: CLIENTS }, () => ask(asked, pace)));
      const cost = ((cpuMs(asked.gateway) - before) * 1000) / (CLIENTS * events);
      if (round >= 0) rounds[index].push(cost); // the first one warms up
    }
  return rounds.map(median);
}

/**
 * @param {Variant} variant
 * @param {string} pace
 */
async function ask({ gateway, body, sendsReasoning }, pace) {
  const content = `${pace} ${sendsReasoning ? 'reasoning' : 'text'}`;
  const response = await fetch(`${gateway.url}/v1/chat`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content }], ...body }),
  });
  const text = await response.text();
  if (!text.includes('response.completed')) throw new Error(`no whole answer: ${text.slice(-300)}`);
}
