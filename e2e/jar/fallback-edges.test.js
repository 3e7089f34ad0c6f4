import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, CLIENTS, PROGRAM_TOKEN, post, TOKEN } from './answer-clients.js';
import { EVENTS_BEFORE_TEXT, failingProvider, TEXT } from './failing-provider.js';
import {
  cutAfter,
  FALLBACK,
  FALLBACK_KEY,
  FIRST_OUTPUT_MS,
  OTHER_MODEL,
  PRIMARY,
  PRIMARY_KEY,
  RARELY_OPEN,
  startWithFallback,
  USAGE,
} from './fallback-gateway.js';
import { usageLine } from './usage-lines.js';

/** @import { Gateway } from '../support/gateway.js' */
/** @import { Answer, AnswerClient, Options } from './answer-clients.js' */
/** @import { FailingProvider, ProviderCall, Script } from './failing-provider.js' */

const TIMEOUT_MS = 60_000; // only a failing test waits that long
const CLOSE_MS = 1_000;
const WORD_INTERVAL_MS = 50;

const SHORT = 'one two three four';
const ANSWER_EVENTS = 12; // of the short answer
const CONCURRENT_CUTS = 3;

const [page, responsesStream, completionsStream, responses, completions] = CLIENTS;
const programs = [responsesStream, completionsStream, responses, completions];
const WEATHER = { type: 'object', properties: { city: { type: 'string' } } };
const CALL = { type: 'function_call', id: 'fc_p', call_id: 'call_p', name: 'weather' };
const ARGUMENTS = '{"city":"Oslo"}';

describe('another provider', { concurrency: 4 }, () => {
  /** @type {FailingProvider} */
  let primary;
  /** @type {FailingProvider} */
  let fallback;
  /** @type {Gateway} */
  let gateway;
  /** @type {Answer[]} */
  const answers = [];
  let requests = 0;

  before(async () => {
    primary = await failingProvider(PRIMARY, USAGE);
    fallback = await failingProvider(FALLBACK, USAGE);
    gateway = await startWithFallback(primary, fallback, { VISION: 'true' }, [
      ...RARELY_OPEN,
      '--logging.level.dev.minimalchat=trace',
    ]);
    for (const client of CLIENTS) await ask(gateway, client, `first.${client.name.length}`);
  });
  after(async () => {
    await gateway?.stop();
    await Promise.all([primary?.close(), fallback?.close()]);
    // Of all tests above, with every log of the gateway itself.
    const seen = [gateway.output(), ...answers.map(({ received }) => received)].join('\n');
    for (const secret of [PRIMARY_KEY, FALLBACK_KEY, fallback.address, primary.address, 'says no'])
      assert.ok(!seen.includes(secret), `${secret} in an answer or in the log`);
    assert.doesNotMatch(gateway.output(), /"level":"ERROR"/);
  });

  describe('an answer that is cut', { concurrency: CONCURRENT_CUTS }, () => {
    for (let count = 0; count <= ANSWER_EVENTS; count++) {
      test(`after event ${count}`, { timeout: TIMEOUT_MS }, async () => {
        const isWhole = count === ANSWER_EVENTS;
        const hasText = count > EVENTS_BEFORE_TEXT;
        /** @type {Script} */
        const cut = call => {
          call.send(...call.events(SHORT).slice(0, count));
          return isWhole ? call.end() : call.cut();
        };
        await Promise.all(
          CLIENTS.map(async client => {
            const { answer, id } = await askBoth(client, cut, call => call.answer(SHORT));
            const isError = !isWhole && hasText && !client.restarts;
            assert.equal(answer.end, isError ? 'error' : 'completed', answer.received);
            if (!isError) assert.equal(answer.text, SHORT, client.name);
            else assert.ok(answer.text && SHORT.startsWith(answer.text), answer.text);
            const isOfFallback = !isWhole && !isError;
            assert.equal(fallback.callsOf(id).length, isOfFallback ? 1 : 0, client.name);
            assert.equal(primary.callsOf(id).length, hasText ? 1 : 3, client.name);
          }),
        );
      });
    }
  });

  test('a client of /v1/chat that does not know restarts gets an error', async () => {
    const { answer, id } = await askBoth(page, cutAfter(3), answered, { body: { restart: false } });
    assert.equal(answer.end, 'error');
    assert.equal(answer.restarts, 0);
    assert.equal(fallback.callsOf(id).length, 0);
  });

  for (const [when, script, fallbackScript] of /** @type {[string, Script, Script][]} */ ([
    ['before the first text', refused(401), call => call.send(...call.events().slice(0, 2))],
    ['of a restarted answer', cutAfter(3), speakSlowly],
  ])) {
    test(`a client that leaves during the fallback stops it: ${when}`, async () => {
      const id = setScripts(script, fallbackScript);
      const client = new AbortController();
      const received = post(gateway, page, id, { signal: client.signal })
        .then(response => response.text())
        .catch(() => 'left');
      const call = await fallback.nextCall(id);
      await sleep(10 * WORD_INTERVAL_MS);
      const leftAt = performance.now();
      client.abort();
      assert.equal(await received, 'left');
      const closedMs = (await within(call.closed, 'the fallback to be stopped')) - leftAt;
      assert.ok(closedMs < CLOSE_MS, `${closedMs} ms`);
      const line = await usageLine(gateway, id);
      assert.equal(line.outcome, 'client_closed');
      assert.equal(line.provider, 'fallback');
    });
  }

  test('two providers that fail are one error, and the log has both causes', async () => {
    const { answer, id } = await askBoth(page, refused(503), refused(500));
    assert.equal(answer.status, 502);
    assert.equal(answer.code, 'provider_error');
    assert.equal(answer.retryable, true);
    assert.equal(primary.callsOf(id).length, 3);
    assert.equal(fallback.callsOf(id).length, 2);
    const line = await usageLine(gateway, id);
    assert.match(line.cause, /^primary: provider status 503 .*fallback: provider status 500 /);
    assert.equal(Number(line.attempts), 5);
  });

  test('a fallback with a wrong key does not hide that a retry can succeed', async () => {
    const busy = await askBoth(page, refused(503), refused(401));
    assert.equal(busy.answer.code, 'overloaded');
    assert.equal(busy.answer.retryable, true);
    const broken = await askBoth(page, refused(401), refused(401));
    assert.equal(broken.answer.code, 'provider_error');
    assert.equal(broken.answer.retryable, false);
  });

  test('a restarted answer that fails keeps its text, and the log has both causes', async () => {
    const { answer, id } = await askBoth(page, cutAfter(3), refused(401));
    assert.equal(answer.end, 'error');
    assert.equal(answer.text, 'word-1 word-2 word-3 ');
    assert.equal(answer.restarts, 0);
    assert.match((await usageLine(gateway, id)).cause, /^primary: .*; fallback: /);
    const later = await askBoth(page, cutAfter(3), cutAfter(2));
    assert.equal(later.answer.text, 'word-1 word-2 ');
    assert.match((await usageLine(gateway, later.id)).cause, /^primary: .*; fallback: /);
  });

  test('HTML with status 200 is a failure of the provider', async () => {
    for (const client of CLIENTS) {
      const { answer, id } = await askBoth(client, call =>
        call.respond(200, 'text/html', '<html><p>Not found</p></html>'),
      );
      assertOfFallback(answer);
      assert.equal(primary.callsOf(id).length, 1);
    }
  });

  test('an error event before the first text is a failure like a status', async () => {
    const error = { code: 'server_is_overloaded', message: 'says no' };
    for (const client of [page, responsesStream, completions]) {
      const { answer, id } = await askBoth(client, call => {
        call.send(...call.events().slice(0, 2), { type: 'error', error });
        call.end();
      });
      assertOfFallback(answer);
      assert.equal(primary.callsOf(id).length, 3);
    }
  });

  test('what follows the last event is not part of the answer', async () => {
    for (const client of CLIENTS) {
      const twice = await askBoth(client, call => {
        call.send(...call.events(), ...call.events().slice(-1));
        call.end();
      });
      assert.equal(twice.answer.text, TEXT);
      assert.equal(twice.answer.end, 'completed');
      assert.equal(fallback.callsOf(twice.id).length, 0);
    }
  });

  test('an answer that failed is not complete, whatever follows', async () => {
    const failed = { type: 'response.failed', response: { error: { code: 'invalid_prompt_x' } } };
    for (const client of CLIENTS) {
      for (const words of [0, 3]) {
        const { answer } = await askBoth(client, call => {
          call.sendText(words);
          call.send(failed, ...call.events().slice(-1));
          call.end();
        });
        if (words > 0 && !client.restarts) assert.equal(answer.end, 'error', answer.received);
        else assertOfFallback(answer);
      }
    }
  });

  test('an answer that lacks a word, because an event was broken, is a failure', async () => {
    for (const client of CLIENTS) {
      const { answer } = await askBoth(client, call => {
        const events = /** @type {(object | string)[]} */ (call.events());
        events[9] = 'data: {"type":"response.output_text.delta","delta":"wo\n\n';
        call.send(...events);
        call.end();
      });
      if (client.restarts) assertOfFallback(answer);
      else assert.equal(answer.end, 'error', answer.received);
    }
  });

  test('an answer without text is a failure of the provider', async () => {
    for (const client of CLIENTS) {
      const { answer, id } = await askBoth(client, answeredWithoutText);
      assertOfFallback(answer);
      const line = await usageLine(gateway, id);
      assert.equal(Number(line.output_tokens), 2 * USAGE.output_tokens, 'usage of both');
    }
  });

  test('an answer without text of both providers is incomplete, not an error', async () => {
    const { answer } = await askBoth(page, answeredWithoutText, answeredWithoutText);
    assert.equal(answer.end, 'incomplete', answer.received);
  });

  test('an answer without text of the fallback does not take the text back', async () => {
    const { answer } = await askBoth(page, cutAfter(3), answeredWithoutText);
    assert.equal(answer.end, 'error', answer.received);
    assert.equal(answer.text, 'word-1 word-2 word-3 ');
    assert.equal(answer.restarts, 0);
  });

  test('a refusal of the fallback is an answer', async () => {
    /** @type {Script} */
    const refuse = call => {
      const delta = { type: 'response.refusal.delta', output_index: 0, delta: 'I cannot.' };
      call.send(...call.events().slice(0, 2), delta, call.completed([]));
      call.end();
    };
    for (const client of CLIENTS) {
      const { answer } = await askBoth(client, refused(401), refuse);
      assert.equal(answer.refusal, 'I cannot.', client.name);
      assert.equal(answer.end, 'completed');
    }
    const { answer } = await askBoth(page, cutAfter(3), refuse);
    assert.deepEqual([answer.restarts, answer.text, answer.refusal], [1, '', 'I cannot.']);
  });

  test('a tool call of the fallback is an answer', async () => {
    for (const client of programs) {
      const { answer } = await askBoth(client, refused(503), calls, tools(client));
      assert.deepEqual(answer.calls, [ARGUMENTS], client.name);
      assert.equal(answer.end, 'completed');
    }
  });

  test('a tool call that is cut is an error in a stream, and is made once in a whole', async () => {
    for (const client of programs) {
      const { answer } = await askBoth(client, cutCall, calls, tools(client));
      assert.equal(answer.end, client.restarts ? 'completed' : 'error', answer.received);
      if (client.restarts) assert.deepEqual(answer.calls, [ARGUMENTS], client.name);
      else
        assert.ok(
          answer.calls.every(call => call !== ARGUMENTS),
          client.name,
        );
    }
  });

  test('text and a tool call that is cut are both replaced', async () => {
    /** @type {Script} */
    const textAndCall = call => {
      call.sendText(3);
      return cutCall(call);
    };
    for (const client of [responses, completions]) {
      const { answer } = await askBoth(client, textAndCall, calls, tools(client));
      assert.deepEqual([answer.text, answer.calls], ['', [ARGUMENTS]], client.name);
    }
  });

  test('the fallback gets the whole conversation of a continued answer', async () => {
    const messages = [
      { role: 'user', content: 'Count' },
      { role: 'assistant', content: 'word-0 ' },
      { role: 'user', content: 'Continue exactly where you stopped.' },
    ];
    const { answer, id } = await askBoth(page, cutAfter(3), answered, { body: { messages } });
    assert.deepEqual([answer.text, answer.restarts], [TEXT, 1]);
    assert.deepEqual(fallback.callsOf(id)[0].body.input, primary.callsOf(id)[0].body.input);
    assert.equal(fallback.callsOf(id)[0].body.input.length, messages.length);
  });

  test('a restarted answer whose connection breaks can be resumed', async () => {
    const key = 'k'.repeat(32);
    /** @type {(value?: unknown) => void} */
    let resume = () => {};
    const resumed = new Promise(resolve => {
      resume = resolve;
    });
    const id = setScripts(cutAfter(3), async call => {
      call.sendText(2);
      await resumed;
      call.send(...call.events().slice(EVENTS_BEFORE_TEXT + 2));
      call.end();
    });
    const client = new AbortController();
    const options = { signal: client.signal, headers: { 'Resume-Key': key } };
    const { body } = await post(gateway, page, id, options);
    for await (const chunk of body ?? []) {
      if (Buffer.from(chunk).includes('response.restarted')) break;
    }
    client.abort();
    const headers = { Authorization: `Bearer ${TOKEN}`, 'Resume-Key': key };
    const response = await fetch(`${gateway.url}/v1/chat/stream`, { headers });
    resume();
    const answer = page.read(await response.text());
    assert.deepEqual([answer.end, answer.text], ['completed', TEXT]);
    assert.equal(answer.models.at(-1), FALLBACK);
  });

  test('each provider gets its own key and its own model', async () => {
    const { id } = await askBoth(page, refused(503), answered);
    for (const call of primary.callsOf(id)) {
      assert.equal(call.headers.authorization, `Bearer ${PRIMARY_KEY}`);
      assert.equal(call.body.model, PRIMARY);
    }
    const [call] = fallback.callsOf(id);
    assert.equal(call.headers.authorization, `Bearer ${FALLBACK_KEY}`);
    assert.equal(call.body.model, FALLBACK);
  });

  test('images, and a model that is not the default, are asked of both', async () => {
    const image = { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=' };
    const input = [{ role: 'user', content: [{ type: 'input_text', text: 'What?' }, image] }];
    for (const client of [responsesStream, responses]) {
      const { answer, id } = await askBoth(client, refused(401), answered, {
        body: { model: OTHER_MODEL, input },
      });
      assertOfFallback(answer);
      assert.equal(primary.callsOf(id)[0].body.model, OTHER_MODEL);
      const sent = fallback.callsOf(id)[0].body;
      assert.equal(sent.model, FALLBACK);
      assert.equal(sent.input[0].content[1].image_url, image.image_url);
      const line = await usageLine(gateway, id);
      assert.deepEqual([line.requested_model, line.model], [OTHER_MODEL, FALLBACK]);
    }
  });

  test('the reasoning of the provider is not sent to the fallback', async () => {
    const input = [
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'sealed' },
      { role: 'user', content: 'Hello' },
    ];
    const { id } = await askBoth(responses, refused(401), answered, { body: { input } });
    assert.match(JSON.stringify(primary.callsOf(id)[0].body), /sealed/);
    assert.doesNotMatch(JSON.stringify(fallback.callsOf(id)[0].body), /sealed/);
  });

  test('a provider that only shows that it is alive is given up', async () => {
    const { answer } = await askBoth(page, async call => {
      call.send(...call.events().slice(0, 2));
      for (let ms = 0; ms < 2 * FIRST_OUTPUT_MS; ms += 500) {
        call.send(': ping\n\n', { type: 'keepalive' });
        await sleep(500);
      }
    });
    assertOfFallback(answer);
    assert.ok(answer.ms < 2 * FIRST_OUTPUT_MS, `${answer.ms} ms`);
  });

  test('the log has the cause for which the fallback was asked', async () => {
    const { id } = await askBoth(page, refused(401), answered);
    const line = await gateway.waitForLog(
      new RegExp(`^(?=.*"message":"asking the fallback")(?=.*"request_id":"${id}")`),
    );
    assert.equal(JSON.parse(line).cause, 'provider status 401 code other type other');
  });

  test('the readiness group shows both breakers', async () => {
    assert.deepEqual(await breakersOf(gateway), ['fallback', 'provider']);
  });

  test('programs and the page can read that answers may begin again', async () => {
    for (const token of [TOKEN, PROGRAM_TOKEN]) {
      const headers = { Authorization: `Bearer ${token}` };
      const { data } = await (await fetch(`${gateway.url}/v1/models`, { headers })).json();
      for (const capability of ['images', 'restart'])
        assert.ok(data[0].capabilities.includes(capability), capability);
    }
  });

  /**
   * @param {AnswerClient} client
   * @param {Script} script  of the provider
   * @param {Script} [fallbackScript]
   * @param {Options} [options]
   */
  async function askBoth(client, script, fallbackScript, options) {
    const id = setScripts(script, fallbackScript);
    const answer = await ask(gateway, client, id, options);
    answers.push(answer);
    return { id, answer };
  }

  /**
   * @param {Script} script  of the provider
   * @param {Script} [fallbackScript]
   */
  function setScripts(script, fallbackScript) {
    const id = `edge-${requests++}`;
    primary.setScript(id, script);
    fallback.setScript(id, fallbackScript);
    return id;
  }
});

/** @param {Gateway} gateway */
async function breakersOf(gateway) {
  const { components } = await (
    await fetch(`${gateway.management}/actuator/health/readiness`)
  ).json();
  return Object.keys(components.circuitBreakers.details).sort();
}

/** @param {Answer} answer */
function assertOfFallback(answer) {
  assert.equal(answer.end, 'completed', answer.received);
  assert.equal(answer.text, TEXT);
  assert.equal(answer.models.at(-1), FALLBACK);
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {string} what
 */
function within(promise, what) {
  return Promise.race([
    promise,
    sleep(TIMEOUT_MS / 2, undefined, { ref: false }).then(() => {
      throw new Error(`waited for ${what}`);
    }),
  ]);
}

/** @param {number} status */
function refused(status) {
  return (/** @type {ProviderCall} */ call) => call.refuse(status, `status_${status}`);
}

/** @param {ProviderCall} call */
function answered(call) {
  call.answer();
}

/** @param {ProviderCall} call */
function answeredWithoutText(call) {
  call.send(...call.events().slice(0, 2), call.completed([]));
  call.end();
}

/** @param {ProviderCall} call */
async function speakSlowly(call) {
  for (const event of call.events()) {
    if (call.isClosed()) return;
    call.send(event);
    await sleep(WORD_INTERVAL_MS);
  }
}

/** @param {ProviderCall} call */
function calls(call) {
  call.send(...call.events().slice(0, 2), ...callEvents(), call.completed([calledWith(ARGUMENTS)]));
  call.end();
}

/** @param {ProviderCall} call */
function cutCall(call) {
  call.send(...callEvents().slice(0, 2));
  return call.cut();
}

function callEvents() {
  const type = 'response.function_call_arguments.delta';
  return [
    { type: 'response.output_item.added', output_index: 1, item: calledWith('') },
    { type, output_index: 1, delta: '{"city":' },
    { type, output_index: 1, delta: '"Oslo"}' },
    { type: 'response.output_item.done', output_index: 1, item: calledWith(ARGUMENTS) },
  ];
}

/** @param {string} args */
function calledWith(args) {
  return { ...CALL, arguments: args };
}

/** @param {AnswerClient} client */
function tools(client) {
  const definition = { name: 'weather', parameters: WEATHER };
  const tool =
    client.path === '/v1/responses'
      ? { type: 'function', ...definition }
      : { type: 'function', function: definition };
  return { body: { tools: [tool] } };
}
