import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createOpenResponses } from '@ai-sdk/open-responses';
import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, generateText, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { closes, gatewayForClients, MODEL, TOKEN } from './gateway.js';

const providerOptions = { openai: { store: false } };

describe('the AI SDK', () => {
  const state = gatewayForClients();
  const models = {
    '@ai-sdk/openai': () => openai()(MODEL),
    '@ai-sdk/openai, chat': () => openai().chat(MODEL),
    '@ai-sdk/open-responses': () =>
      createOpenResponses({ name: 'gateway', url: `${state.baseURL}/responses`, apiKey: TOKEN })(
        MODEL,
      ),
  };

  for (const [name, model] of Object.entries(models)) {
    const options = () => ({ model: model(), maxRetries: 0, providerOptions });

    describe(name, () => {
      test('generates text', async () => {
        const result = await generateText({ ...options(), system: 'Be brief', prompt: 'hello' });
        assert.equal(result.text, 'Hello there.');
        assert.equal(result.finishReason, 'stop');
        assert.equal(result.usage.inputTokens, 13);
        assert.equal(result.usage.outputTokens, 7);
        assert.equal(state.provider.lastCall().body.input[0].role, 'system');
      });

      test('streams text', async () => {
        const result = streamText({ ...options(), prompt: 'hello' });
        let text = '';
        for await (const part of result.textStream) text += part;
        assert.equal(text, 'Hello there.');
        assert.equal(await result.finishReason, 'stop');
        assert.equal((await result.usage).outputTokens, 7);
      });

      test('runs a tool to its end', async () => {
        const result = await generateText({
          ...options(),
          prompt: 'the weather?',
          stopWhen: stepCountIs(3),
          tools: {
            get_weather: tool({
              description: 'The weather',
              inputSchema: z.object({ city: z.string() }),
              execute: async ({ city }) => `sunny in ${city}`,
            }),
          },
        });
        assert.equal(result.text, 'It is sunny in Oslo.');
        assert.equal(result.steps.length, 2);
      });

      test('an incomplete answer has reached its length', async () => {
        const result = await generateText({ ...options(), prompt: 'incomplete' });
        assert.equal(result.text, 'Once upon');
        assert.equal(result.finishReason, 'length');
      });

      test('an error has its status and our sentence', async () => {
        await assert.rejects(generateText({ ...options(), prompt: 'long' }), error => {
          assert.ok(APICallError.isInstance(error));
          assert.equal(error.statusCode, 400);
          assert.match(error.message, /^This conversation is too long/);
          return true;
        });
      });

      test('a stream that breaks does not look whole', async () => {
        /** @type {unknown[]} */
        const errors = [];
        const result = streamText({
          ...options(),
          prompt: 'late',
          onError: ({ error }) => void errors.push(error),
        });
        let text = '';
        for await (const part of result.textStream) text += part;
        assert.equal(text, 'Hello');
        const reason = await Promise.resolve(result.finishReason).catch(() => 'error');
        assert.notEqual(reason, 'stop');
        assert.ok(errors.length > 0 || reason === 'error', `${reason}`);
      });

      test('Stop closes the provider', async () => {
        const abort = new AbortController();
        const result = streamText({
          ...options(),
          prompt: 'endless',
          abortSignal: abort.signal,
        });
        for await (const part of result.textStream) if (part) break;
        abort.abort();
        await closes(state.provider);
      });
    });
  }

  function openai() {
    return createOpenAI({ baseURL: state.baseURL, apiKey: TOKEN });
  }
});
