import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, CLIENTS } from './answer-clients.js';
import { failingProvider, TEXT } from './failing-provider.js';
import { BREAKER, FALLBACK, PRIMARY, RARELY_OPEN, startWithFallback } from './fallback-gateway.js';
import { chatMetrics, usageLine, usageLines } from './usage-lines.js';

/** @import { TestContext } from 'node:test' */
/** @import { Gateway } from '../support/gateway.js' */
/** @import { Answer, AnswerClient } from './answer-clients.js' */
/** @import { FailingProvider, Script } from './failing-provider.js' */

/**
 * @typedef {object} Scenario
 * @property {string} fault
 * @property {Script} [primary]
 * @property {Script} [fallback]
 * @property {[primary: number, fallback: number]} attempts  for a client that gets the whole answer
 * @property {string} [error]  of every client
 * @property {boolean} [isCut]  an answer that needs to begin again
 * @property {number} [minGapMs]  between the first two attempts
 * @property {number} [maxMs]
 */

// The times of the scenarios. The short ones keep their order: an idle timeout is longer than the
// first-output timeout, and that is longer than all attempts of a provider that refuses at once.
const isReal = process.env.FALLBACK_TEST_TIMES === 'real';
const TIMES = isReal
  ? {
      firstOutput: 10_000,
      idle: 20_000,
      slow: 20_000,
      stall: 30_000,
      outage: 60_000,
      requestInterval: 4_000,
      openBreaker: 10_000,
      recovery: 30_000,
    }
  : {
      firstOutput: 5_000,
      idle: 6_000,
      slow: 15_000,
      stall: 15_000,
      outage: 6_000,
      requestInterval: 400,
      openBreaker: 1_000,
      recovery: 3_000,
    };
const TEST_TIMEOUT_MS = 180_000;
const SLACK_MS = 6_000;
const CONCURRENT_SCENARIOS = 3; // more would be slow on a busy machine, and miss the short times
const BREAKER_CALLS = 20; // of its sliding window
const STOP_MS = 100_000; // a provider that never answers

const PRIMARY_USAGE = { input_tokens: 13, output_tokens: 60, total_tokens: 73 };
const FALLBACK_USAGE = { input_tokens: 17, output_tokens: 80, total_tokens: 97 };

/** @type {Record<string, Scenario>} */
const SCENARIOS = {
  S01: {
    fault: '429 with Retry-After: 2, once',
    primary: call =>
      call.attempt === 1
        ? call.refuse(429, 'rate_limit_exceeded', { 'Retry-After': '2' })
        : call.answer(),
    attempts: [2, 0],
    minGapMs: 1_800,
  },
  S02: {
    fault: '429 without Retry-After, always',
    primary: call => call.refuse(429, 'rate_limit_exceeded'),
    attempts: [3, 1],
  },
  S03: {
    fault: '500, once',
    primary: call => (call.attempt === 1 ? call.refuse(500, 'server_error') : call.answer()),
    attempts: [2, 0],
  },
  S04: {
    fault: '503, always',
    primary: call => call.refuse(503, 'server_is_overloaded'),
    attempts: [3, 1],
  },
  S05: {
    fault: 'a reset connection before the headers, once',
    primary: call => (call.attempt === 1 ? call.reset() : call.answer()),
    attempts: [2, 0],
  },
  S06: {
    fault: 'no response',
    primary: () => {},
    attempts: [1, 1],
    maxMs: STOP_MS,
  },
  S07: {
    fault: 'headers at once, the first token too late',
    primary: async call => {
      call.send(...call.events().slice(0, 2));
      await sleep(TIMES.slow);
      call.send(...call.events().slice(2));
      call.end();
    },
    attempts: [1, 1],
    maxMs: isReal ? 15_000 : TIMES.firstOutput + SLACK_MS,
  },
  S08: {
    fault: 'a cut after 40 of 60 tokens',
    primary: call => {
      call.sendText(40);
      return call.cut();
    },
    attempts: [1, 1],
    isCut: true,
  },
  S09: {
    fault: '20 tokens, then silence, then the end of the stream',
    primary: async call => {
      call.sendText(20);
      await sleep(TIMES.stall);
      call.end();
    },
    attempts: [1, 1],
    isCut: true,
    maxMs: isReal ? 45_000 : TIMES.idle + SLACK_MS,
  },
  S10: {
    fault: 'the tenth event is broken JSON',
    primary: call => {
      const events = call.events();
      call.send(...events.slice(0, 9), 'data: {"type":"response.output_te\n\n', ...events.slice(9));
      call.end();
    },
    attempts: [1, 0],
  },
  S11: {
    fault: 'neither [DONE] nor the end of the stream after the last event',
    primary: call => call.send(...call.events()),
    attempts: [1, 0],
    maxMs: 8_000,
  },
  S12: {
    fault: '400 context_length_exceeded',
    primary: call => call.refuse(400, 'context_length_exceeded'),
    attempts: [1, 1],
  },
  S13: {
    fault: '400 content_policy_violation',
    primary: call => call.refuse(400, 'content_policy_violation'),
    attempts: [1, 0],
    error: 'provider_error',
  },
  S14: {
    fault: 'as S08, and the fallback refuses a conversation that ends with an answer',
    primary: call => {
      call.sendText(40);
      return call.cut();
    },
    fallback: call =>
      call.body.input.at(-1).role === 'user' && call.body.input.length === 1
        ? call.answer()
        : call.refuse(400, 'invalid_request_error'),
    attempts: [1, 1],
    isCut: true,
  },
  S16: {
    fault: 'as S04: the model is the one that answers',
    primary: call => call.refuse(503, 'server_is_overloaded'),
    attempts: [3, 1],
  },
};

describe('the failure wall', () => {
  /** @type {FailingProvider} */
  let primary;
  /** @type {FailingProvider} */
  let fallback;
  /** @type {Gateway} */
  let gateway;
  /** @type {Gateway} */
  let outageGateway;

  before(async () => {
    primary = await failingProvider(PRIMARY, PRIMARY_USAGE);
    fallback = await failingProvider(FALLBACK, FALLBACK_USAGE);
    const times = {
      FIRST_OUTPUT_TIMEOUT: `${TIMES.firstOutput}ms`,
      IDLE_TIMEOUT: `${TIMES.idle}ms`,
    };
    gateway = await startWithFallback(primary, fallback, times, RARELY_OPEN);
    outageGateway = await startWithFallback(primary, fallback, times, [
      `--${BREAKER}.wait-duration-in-open-state=${TIMES.openBreaker}ms`,
    ]);
    // The first requests of a process are slow.
    for (const started of [gateway, outageGateway])
      for (const client of CLIENTS) await ask(started, client, requestId('first', client));
  });
  after(async () => {
    await Promise.all([gateway?.stop(), outageGateway?.stop()]);
    await Promise.all([primary?.close(), fallback?.close()]);
  });

  describe('scenarios', { concurrency: CONCURRENT_SCENARIOS }, () => {
    for (const [name, scenario] of Object.entries(SCENARIOS)) {
      test(`${name}: ${scenario.fault}`, { timeout: TEST_TIMEOUT_MS }, async t => {
        await Promise.all(CLIENTS.map(client => checkScenario(t, name, scenario, client)));
      });
    }
  });

  test('S15: an outage, and many requests', { timeout: TEST_TIMEOUT_MS }, async t => {
    const { outage, requestInterval, recovery } = TIMES;
    const start = performance.now();
    const isOutage = () => performance.now() - start < outage;
    const requests = Array.from({ length: 20 }, (_, n) =>
      CLIENTS.map(async client => {
        const id = requestId(`S15.${n}`, client);
        primary.setScript(id, call =>
          isOutage() ? call.refuse(503, 'server_is_overloaded') : call.answer(),
        );
        await sleep(n * requestInterval);
        return { id, answer: await ask(outageGateway, client, id) };
      }),
    ).flat();
    const answers = await Promise.all(requests);

    for (const { id, answer } of answers) {
      assertWhole(answer, id);
      assert.ok(primary.callsOf(id).length <= 3 && fallback.callsOf(id).length <= 1, id);
    }
    const served = answers.filter(({ answer }) => answer.models[0] === PRIMARY);
    const first = Math.min(...served.map(({ id }) => primary.callsOf(id).at(-1)?.startedAt ?? 0));
    const unusedMs = first - start - outage;
    assert.ok(unusedMs < recovery, `not used for ${unusedMs} ms after the outage`);
    for (const { id, answer } of answers.slice(-CLIENTS.length))
      assert.equal(answer.models[0], PRIMARY, `${id}: long after the outage`);
    const attempts = answers.reduce((sum, { id }) => sum + primary.callsOf(id).length, 0);
    assert.ok(attempts < 2 * answers.length, `the breaker was closed for ${attempts} attempts`);
    report(
      t,
      `S15: ${answers.length} of ${answers.length} answers, ${attempts}p/${answers.length - served.length}f, the provider is used again after ${seconds(unusedMs)}`,
    );
  });

  test('a single program that meets an outage waits for it only until the breaker opens', async () => {
    const program = CLIENTS[3];
    const ids = Array.from({ length: BREAKER_CALLS }, (_, n) => requestId(`single.${n}`, program));
    for (const id of ids) {
      primary.setScript(id, call =>
        call.refuse(504, 'server_error', { 'X-Should-Retry': 'false' }),
      );
    }
    const answers = await Promise.all(ids.map(id => ask(outageGateway, program, id)));
    const next = requestId('single.next', program);
    answers.push(await ask(outageGateway, program, next));
    for (const answer of answers) assertWhole(answer, program.name);
    assert.equal(primary.callsOf(next).length, 0);
  });

  test('the metrics and the usage lines name the provider that answered', async () => {
    const lines = usageLines(gateway);
    for (const provider of ['custom', 'fallback']) {
      const ofProvider = lines.filter(line => line.provider === provider);
      assert.ok(ofProvider.length > CLIENTS.length, provider);
      const metrics = await chatMetrics(gateway, provider);
      assert.equal(metrics.count, ofProvider.length, `${provider}: answers`);
      const tokens = ofProvider.map(line => Number(line.output_tokens) || 0);
      assert.equal(
        metrics.outputTokens,
        tokens.reduce((sum, count) => sum + count),
        `${provider}: output tokens`,
      );
    }
  });

  /**
   * @param {TestContext} t
   * @param {string} name
   * @param {Scenario} scenario
   * @param {AnswerClient} client
   */
  async function checkScenario(t, name, scenario, client) {
    const id = requestId(name, client);
    primary.setScript(id, scenario.primary);
    fallback.setScript(id, scenario.fallback);

    const answer = await ask(gateway, client, id);

    const isSafe = scenario.isCut === true && !client.restarts;
    const [ofPrimary, ofFallback] = isSafe ? [1, 0] : scenario.attempts;
    const calls = primary.callsOf(id);
    assert.equal(calls.length, ofPrimary, `${id}: attempts at the provider`);
    assert.equal(fallback.callsOf(id).length, ofFallback, `${id}: attempts at the fallback`);
    const gap = calls.length < 2 ? 0 : calls[1].startedAt - calls[0].startedAt;
    assert.ok(gap >= (scenario.minGapMs ?? 0), `${id}: the first gap is ${gap} ms`);
    assert.ok(answer.ms < (scenario.maxMs ?? STOP_MS), `${id}: ${answer.ms} ms`);
    if (isSafe) assertCut(answer, id);
    else if (scenario.error) assertError(answer, scenario.error, id);
    else assertAnswer(answer, ofFallback > 0, scenario, client, id);
    await assertUsageLine(id, answer, ofPrimary, ofFallback);

    const alive = `alive.${id}`;
    assertWhole(await ask(gateway, client, alive), alive);
    report(
      t,
      `${name} ${client.name}: ${isSafe ? 'safe' : 'pass'}, ${ofPrimary}p/${ofFallback}f, gap ${seconds(gap)}, ${seconds(answer.ms)}`,
    );
  }

  /**
   * @param {Answer} answer
   * @param {boolean} isOfFallback
   * @param {Scenario} scenario
   * @param {AnswerClient} client
   * @param {string} id
   */
  function assertAnswer(answer, isOfFallback, scenario, client, id) {
    assertWhole(answer, id);
    const isRestarted = scenario.isCut === true && client.name === 'page';
    assert.equal(answer.restarts, isRestarted ? 1 : 0, `${id}: restarts`);
    const model = isOfFallback ? FALLBACK : PRIMARY;
    const reported = isRestarted ? answer.models.slice(1) : answer.models;
    assert.ok(reported.length > 0, id);
    // Programs compare it with the model of their request.
    assert.deepEqual(new Set(reported), new Set([model]), `${id}: models`);
    const usage = isOfFallback ? FALLBACK_USAGE : PRIMARY_USAGE;
    assert.equal(answer.outputTokens, usage.output_tokens, `${id}: usage`);
  }

  /**
   * @param {string} id
   * @param {Answer} answer
   * @param {number} ofPrimary
   * @param {number} ofFallback
   */
  async function assertUsageLine(id, answer, ofPrimary, ofFallback) {
    const line = await usageLine(gateway, id);
    const isOfFallback = ofFallback > 0;
    assert.equal(line.provider, isOfFallback ? 'fallback' : 'custom', id);
    assert.equal(
      Number(line.attempts),
      ofPrimary + ofFallback,
      `${id}: attempts of the usage line`,
    );
    assert.equal(line.model, isOfFallback ? FALLBACK : PRIMARY, id);
    assert.equal(line.requested_model, PRIMARY, id);
    assert.equal(Number(line.status), answer.status, id);
    if (answer.end === 'completed') {
      const usage = isOfFallback ? FALLBACK_USAGE : PRIMARY_USAGE;
      assert.equal(Number(line.input_tokens), usage.input_tokens, `${id}: input tokens`);
      assert.equal(Number(line.output_tokens), usage.output_tokens, `${id}: output tokens`);
    } else {
      assert.equal(line.outcome, 'failed', id);
      assert.equal(line.error, answer.code, id);
    }
  }
});

/**
 * @param {string} name
 * @param {AnswerClient} client
 */
function requestId(name, client) {
  return `${name}.${client.name.replaceAll(/\W+/g, '-')}`;
}

/**
 * @param {TestContext} t
 * @param {string} line  of the table for real times
 */
function report(t, line) {
  if (isReal) t.diagnostic(line);
}

/** @param {number} ms */
function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}

/**
 * @param {Answer} answer
 * @param {string} id
 */
function assertWhole(answer, id) {
  assert.equal(answer.end, 'completed', `${id}: ${answer.received}`);
  assert.equal(answer.status, 200, id);
  assert.equal(answer.text, TEXT, id);
}

/**
 * An error inside the stream, after a part of the text.
 * @param {Answer} answer
 * @param {string} id
 */
function assertCut(answer, id) {
  assert.equal(answer.end, 'error', `${id}: ${answer.received}`);
  assert.equal(answer.status, 200, id);
  assert.ok(TEXT.startsWith(answer.text) && answer.text.length < TEXT.length, id);
  assert.ok(answer.text.length > 0, id);
}

/**
 * @param {Answer} answer
 * @param {string} code
 * @param {string} id
 */
function assertError(answer, code, id) {
  assert.equal(answer.end, 'error', id);
  assert.equal(answer.code, code, id);
  assert.ok(answer.status >= 400, id);
  assert.equal(answer.text, '', id);
}
