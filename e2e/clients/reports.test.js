import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gatewayForClients, MODEL, TOKEN } from './gateway.js';

/** Situations of public reports about other gateways and their clients (docs/field.md). */
describe('reports about OpenAI clients', () => {
  const state = gatewayForClients();
  const tools = [{ type: 'function', name: 'f', parameters: { type: 'object' } }];
  const chatTools = [{ type: 'function', function: { name: 'f' } }];

  test('BerriAI/litellm#37852: what a stream closes, it has opened', async () => {
    const events = await stream('/responses', { input: 'the weather?', tools });
    /** @param {string} suffix */
    const ids = suffix =>
      events
        .filter(({ type }) => type.endsWith(suffix) && type.includes('output_item'))
        .map(({ item }) => item.id);
    assert.deepEqual(ids('.done'), ids('.added'));
    assert.equal(events.filter(({ type }) => type.includes('output_text')).length, 0);
  });

  test('BerriAI/litellm#27144: arguments without deltas are not lost', async () => {
    const body = { input: 'call without deltas', tools };
    const whole = await json('/responses', body);
    assert.equal(whole.output[0].arguments, '{"a":1}');
    const chunks = await stream('/chat/completions', { ...chat(body.input), tools: chatTools });
    assert.equal(argumentsOf(chunks), '{"a":1}');
  });

  test('ggml-org/llama.cpp#12279: a call without an id gets one', async () => {
    const whole = await json('/chat/completions', {
      ...chat('call without an id'),
      tools: chatTools,
    });
    assert.equal(whole.choices[0].message.tool_calls.length, 1);
    assert.match(whole.choices[0].message.tool_calls[0].id, /./);
  });

  test('googleapis/python-genai#2868: a stream and a whole answer end alike', async () => {
    const body = { ...chat('the weather?'), tools: chatTools };
    const whole = await json('/chat/completions', body);
    const chunks = await stream('/chat/completions', body);
    assert.equal(whole.choices[0].finish_reason, 'tool_calls');
    assert.equal(chunks.at(-1).choices[0].finish_reason, 'tool_calls');
  });

  test('ROCm/FastFlowLM#728: a call that was cut is no complete call', async () => {
    const body = { ...chat('call that is cut'), tools: chatTools };
    assert.equal((await json('/chat/completions', body)).choices[0].finish_reason, 'length');
    const response = await json('/responses', { input: 'call that is cut', tools });
    assert.equal(response.status, 'incomplete');
    assert.equal(response.output[0].status, 'incomplete');
  });

  test('BerriAI/litellm#376: only the last chunk has a reason', async () => {
    const chunks = await stream('/chat/completions', chat('hello'));
    const reasons = chunks.map(({ choices }) => choices[0].finish_reason);
    assert.deepEqual(new Set(reasons.slice(0, -1)), new Set([null]));
    assert.equal(reasons.at(-1), 'stop');
  });

  test('JamePeng/llama-cpp-python#113: a message has a refusal, null if it is none', async () => {
    const { message } = (await json('/chat/completions', chat('hello'))).choices[0];
    assert.equal(message.refusal, null);
  });

  test('0xPlaygrounds/rig#1362: an empty list is no content beside tool calls', async () => {
    const call = { id: 'call_p', type: 'function', function: { name: 'f', arguments: '{}' } };
    const whole = await json('/chat/completions', {
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Use the tools' }] },
        { role: 'user', content: [{ type: 'text', text: 'Calculate 5 + 3' }] },
        { role: 'assistant', content: [], tool_calls: [call] },
        { role: 'tool', tool_call_id: 'call_p', content: [{ type: 'text', text: '8' }] },
      ],
      tools: chatTools,
    });
    assert.equal(whole.choices[0].message.content, 'It is 8.');
  });

  test('mozilla-ai/llamafile#713: the usage is a chunk of its own if it was asked for', async () => {
    const options = { stream_options: { include_usage: true } };
    const chunks = await stream('/chat/completions', { ...chat('hello'), ...options });
    assert.deepEqual(chunks.at(-1).choices, []);
    assert.equal(chunks.at(-1).usage.total_tokens, 20);
    const without = await stream('/chat/completions', chat('hello'));
    assert.ok(without.every(chunk => !('usage' in chunk)));
  });

  test('QuantumNous/new-api#4377: fields of the other API do not stop a stream', async () => {
    const events = await stream('/responses', {
      input: 'hello',
      temperature: 0.7,
      max_tokens: 4096,
    });
    assert.equal(events.at(-1).type, 'response.completed');
    assert.equal(events.at(-1).response.output[0].content[0].text, 'Hello there.');
  });

  test('openai/openai-python#3263: an incomplete answer says so after its text', async () => {
    const events = await stream('/responses', { input: 'incomplete' });
    assert.equal(events.at(-1).type, 'response.incomplete');
    const done = events.find(({ type }) => type === 'response.output_item.done');
    assert.equal(done.item.status, 'incomplete');
  });

  test('langchain-ai/langchain#39039: a stream that fails has both events of a failure', async () => {
    const events = await stream('/responses', { input: 'late' });
    assert.deepEqual(
      events.slice(-2).map(({ type }) => type),
      ['error', 'response.failed'],
    );
    assert.equal(events.at(-1).response.error.message, events.at(-2).error.message);
  });

  test('Open Responses: an image is accepted and reaches the provider', async () => {
    const image = { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=' };
    const content = [{ type: 'input_text', text: 'What is this?' }, image];
    const response = await json('/responses', {
      model: MODEL,
      input: [{ type: 'message', role: 'user', content }],
    });
    assert.equal(response.status, 'completed');
    // The default of the API, which vLLM requires.
    const relayed = [content[0], { ...image, detail: 'auto' }];
    assert.deepEqual(state.provider.lastCall().body.input[0].content, relayed);
  });

  test('Open Responses: the phases of earlier messages are accepted', async () => {
    /** @param {string} phase */
    const message = phase => ({ type: 'message', role: 'assistant', content: 'Hi', phase });
    const question = { type: 'message', role: 'user', content: 'hello' };
    const response = await json('/responses', {
      model: MODEL,
      input: [question, message('commentary'), message('final_answer'), question],
    });
    assert.equal(response.status, 'completed');
  });

  /** @param {string} content */
  function chat(content) {
    return { model: MODEL, messages: [{ role: 'user', content }] };
  }

  /** @param {any[]} chunks */
  function argumentsOf(chunks) {
    return chunks
      .map(({ choices }) => choices[0]?.delta.tool_calls?.[0].function.arguments ?? '')
      .join('');
  }

  /**
   * @param {string} path
   * @param {object} body
   */
  async function json(path, body) {
    const response = await post(path, body);
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return JSON.parse(text);
  }

  /**
   * The data of each event of a stream.
   * @param {string} path
   * @param {object} body
   * @returns {Promise<any[]>}
   */
  async function stream(path, body) {
    const text = await (await post(path, { ...body, stream: true })).text();
    return [...text.matchAll(/^data: (\{.*)$/gm)].map(([, data]) => JSON.parse(`${data}`));
  }

  /**
   * @param {string} path
   * @param {object} body
   */
  function post(path, body) {
    return fetch(`${state.baseURL}${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
});
