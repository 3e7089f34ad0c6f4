import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import OpenAI from 'openai';
import { closes, gatewayForClients, MAX_OUTPUT_TOKENS, MODEL, TOKEN, WEATHER } from './gateway.js';

describe('openai', () => {
  const state = gatewayForClients();
  const client = (options = {}) =>
    new OpenAI({ baseURL: state.baseURL, apiKey: TOKEN, maxRetries: 0, ...options });

  test('lists and retrieves the models', async () => {
    const models = await client().models.list();
    assert.deepEqual(
      models.data.map(({ id }) => id),
      [MODEL],
    );
    assert.equal((await client().models.retrieve(MODEL)).id, MODEL);
  });

  test('creates a response', async () => {
    const response = await client().responses.create({ model: MODEL, input: 'hello' });
    assert.equal(response.output_text, 'Hello there.');
    assert.equal(response.status, 'completed');
    assert.equal(response.usage?.total_tokens, 20);
    assert.match(`${response._request_id}`, /^[\w-]+$/);
  });

  test('sends the provider what the operator allows', async () => {
    await client().responses.create({
      model: MODEL,
      input: 'hello',
      instructions: 'Be brief',
      max_output_tokens: 10_000,
      service_tier: 'priority',
      tools: [{ type: 'web_search' }],
    });
    const { body } = state.provider.lastCall();
    assert.equal(body.max_output_tokens, MAX_OUTPUT_TOKENS);
    assert.equal(body.store, false);
    assert.equal(body.tools, undefined);
    assert.equal(body.service_tier, undefined);
    assert.deepEqual(body.input, [
      { type: 'message', role: 'system', content: 'Be brief' },
      { type: 'message', role: 'user', content: 'hello' },
    ]);
  });

  test('streams a response', async () => {
    const stream = await client().responses.create({ model: MODEL, input: 'hello', stream: true });
    let text = '';
    let last;
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta') text += event.delta;
      last = event;
    }
    assert.equal(text, 'Hello there.');
    assert.equal(last?.type, 'response.completed');
    assert.equal(last?.type === 'response.completed' && last.response.usage?.total_tokens, 20);
  });

  test('the stream helper assembles the response', async () => {
    const final = await client().responses.stream({ model: MODEL, input: 'hello' }).finalResponse();
    assert.equal(final.output_text, 'Hello there.');
    assert.equal(final.status, 'completed');
  });

  test('calls a function and reads its output', async () => {
    const tools = [
      /** @type {const} */ ({
        type: 'function',
        name: 'get_weather',
        description: 'The weather',
        parameters: WEATHER,
        strict: true,
      }),
    ];
    const first = await client().responses.create({ model: MODEL, input: 'the weather?', tools });
    const call = first.output.find(({ type }) => type === 'function_call');
    assert.ok(call?.type === 'function_call');
    assert.deepEqual(JSON.parse(call.arguments), { city: 'Oslo' });
    const second = await client().responses.create({
      model: MODEL,
      tools,
      input: [
        { role: 'user', content: 'the weather?' },
        .../** @type {OpenAI.Responses.ResponseInputItem[]} */ (first.output),
        { type: 'function_call_output', call_id: call.call_id, output: 'sunny' },
      ],
    });
    assert.equal(second.output_text, 'It is sunny.');
    assert.deepEqual(
      state.provider.lastCall().body.input.map((/** @type {any} */ item) => item.type),
      ['message', 'function_call', 'function_call_output'],
    );
  });

  test('streams the arguments of a function', async () => {
    const stream = client().responses.stream({
      model: MODEL,
      input: 'the weather?',
      tools: [{ type: 'function', name: 'get_weather', parameters: WEATHER, strict: true }],
    });
    let delta = '';
    stream.on('response.function_call_arguments.delta', event => {
      delta += event.delta;
    });
    const final = await stream.finalResponse();
    assert.equal(delta, '{"city":"Oslo"}');
    const [item] = final.output;
    assert.equal(item?.type === 'function_call' && item.arguments, delta);
  });

  test('an incomplete answer has its reason', async () => {
    const response = await client().responses.create({ model: MODEL, input: 'incomplete' });
    assert.equal(response.status, 'incomplete');
    assert.equal(response.incomplete_details?.reason, 'max_output_tokens');
    assert.equal(response.output_text, 'Once upon');
  });

  test('a refusal is no text', async () => {
    const response = await client().responses.create({ model: MODEL, input: 'refuse' });
    const [item] = response.output;
    assert.ok(item?.type === 'message');
    assert.deepEqual(item.content, [{ type: 'refusal', refusal: 'I cannot.' }]);
  });

  for (const question of ['late', 'cut']) {
    test(`a stream that breaks throws: ${question}`, async () => {
      const stream = await client().responses.create({
        model: MODEL,
        input: question,
        stream: true,
      });
      let text = '';
      await assert.rejects(async () => {
        for await (const event of stream)
          if (event.type === 'response.output_text.delta') text += event.delta;
      }, OpenAI.APIError);
      assert.equal(text, 'Hello');
      await assert.rejects(client().responses.stream({ model: MODEL, input: question }).done());
    });
  }

  test('every error has its class, code and sentence', async () => {
    /** @type {[() => Promise<unknown>, any, string][]} */
    const failures = [
      [() => ask('long'), OpenAI.BadRequestError, 'context_length_exceeded'],
      [() => ask('key'), OpenAI.InternalServerError, 'provider_error'],
      [() => ask('hello', 'gpt-9'), OpenAI.NotFoundError, 'model_not_found'],
      [() => client({ apiKey: 'wrong' }).models.list(), OpenAI.AuthenticationError, 'unauthorized'],
      [
        () => client().responses.create({ model: MODEL, input: 'a', previous_response_id: 'r' }),
        OpenAI.BadRequestError,
        'invalid_request',
      ],
    ];
    for (const [request, type, code] of failures) {
      const error = await request().then(
        () => assert.fail(code),
        failure => failure,
      );
      assert.ok(error instanceof type, `${code}: ${error}`);
      assert.equal(error.code, code);
      assert.doesNotMatch(error.message, /canary/);
      assert.ok(error.requestID);
    }
  });

  test('an exhausted quota is asked for once', async () => {
    const before = state.provider.calls.length;
    await assert.rejects(
      client({ maxRetries: 2 }).responses.create({ model: MODEL, input: 'quota' }),
      { status: 502, code: 'provider_error' },
    );
    assert.equal(state.provider.calls.length, before + 1);
  });

  test('Stop closes the provider', async () => {
    const stream = await client().responses.create({
      model: MODEL,
      input: 'endless',
      stream: true,
    });
    for await (const event of stream) if (event.type === 'response.output_text.delta') break;
    await closes(state.provider);
    await state.gateway.waitForLog(/client_closed/);
  });

  test('a whole answer that is aborted closes the provider', async () => {
    const abort = new AbortController();
    const before = state.provider.calls.length;
    const answer = client().responses.create(
      { model: MODEL, input: 'endless' },
      { signal: abort.signal },
    );
    while (state.provider.calls.length === before) await new Promise(setImmediate);
    abort.abort();
    await assert.rejects(answer, OpenAI.APIUserAbortError);
    await closes(state.provider);
  });

  test('completes a chat, whole and streamed', async () => {
    const messages = [/** @type {const} */ ({ role: 'user', content: 'hello' })];
    const whole = await client().chat.completions.create({ model: MODEL, messages });
    assert.equal(whole.choices[0]?.message.content, 'Hello there.');
    assert.equal(whole.choices[0]?.finish_reason, 'stop');
    assert.equal(whole.usage?.total_tokens, 20);

    const stream = client().chat.completions.stream({
      model: MODEL,
      messages,
      stream_options: { include_usage: true },
    });
    assert.equal(await stream.finalContent(), 'Hello there.');
    assert.equal((await stream.totalUsage()).total_tokens, 20);
  });

  test('a chat runs a function to its end', async () => {
    const runner = client().chat.completions.runTools({
      model: MODEL,
      messages: [{ role: 'user', content: 'the weather?' }],
      tools: [
        {
          type: 'function',
          function: {
            name: 'get_weather',
            description: 'The weather',
            parameters: WEATHER,
            parse: JSON.parse,
            function: (/** @type {{ city: string }} */ { city }) => `sunny in ${city}`,
          },
        },
      ],
    });
    assert.equal(await runner.finalContent(), 'It is sunny in Oslo.');
  });

  test('a streamed chat that breaks throws', async () => {
    await assert.rejects(
      client()
        .chat.completions.stream({ model: MODEL, messages: [{ role: 'user', content: 'late' }] })
        .done(),
    );
  });

  test('parses a response in the format of a schema', async () => {
    const response = await client().responses.create({
      model: MODEL,
      input: 'where?',
      text: { format: { type: 'json_schema', name: 'place', schema: WEATHER, strict: true } },
    });
    assert.deepEqual(JSON.parse(response.output_text), { city: 'Oslo' });
    assert.deepEqual(state.provider.lastCall().body.text.format.schema, WEATHER);
  });

  /**
   * @param {string} input
   * @param {string} [model]
   */
  function ask(input, model = MODEL) {
    return client().responses.create({ model, input });
  }
});
