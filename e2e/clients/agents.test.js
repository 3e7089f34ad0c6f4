import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Agent, OpenAIProvider, Runner, setTracingDisabled, tool } from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';
import { closes, gatewayForClients, MODEL, TOKEN } from './gateway.js';

describe('@openai/agents', () => {
  setTracingDisabled(true);
  const state = gatewayForClients();
  const weather = tool({
    name: 'get_weather',
    description: 'The weather',
    parameters: z.object({ city: z.string() }),
    execute: async ({ city }) => `sunny in ${city}`,
  });

  for (const useResponses of [true, false]) {
    describe(useResponses ? 'responses' : 'chat completions', () => {
      const runner = () => {
        const openAIClient = new OpenAI({ baseURL: state.baseURL, apiKey: TOKEN, maxRetries: 0 });
        return new Runner({
          modelProvider: new OpenAIProvider({ openAIClient, useResponses }),
        });
      };
      const agent = new Agent({
        name: 'Forecaster',
        instructions: 'Be brief',
        model: MODEL,
        tools: [weather],
      });

      test('runs a function tool to its end', async () => {
        const result = await runner().run(agent, 'the weather?');
        assert.equal(result.finalOutput, 'It is sunny in Oslo.');
        assert.equal(result.state.usage.totalTokens, 40);
      });

      test('streams a run', async () => {
        const result = await runner().run(agent, 'the weather?', { stream: true });
        let text = '';
        for await (const part of result.toTextStream()) text += part;
        await result.completed;
        assert.equal(text, 'It is sunny in Oslo.');
        assert.equal(result.finalOutput, text);
      });

      test('a stream that breaks throws', async () => {
        const result = await runner().run(agent, 'late', { stream: true });
        let text = '';
        await assert.rejects(async () => {
          for await (const part of result.toTextStream()) text += part;
          await result.completed;
        });
        assert.equal(text, 'Hello');
      });

      test('an error throws our sentence', async () => {
        await assert.rejects(runner().run(agent, 'long'), /This conversation is too long/);
      });

      test('Stop closes the provider', async () => {
        const abort = new AbortController();
        const result = await runner().run(agent, 'endless', { stream: true, signal: abort.signal });
        const read = (async () => {
          for await (const _ of result);
        })().catch(() => {});
        while (!state.provider.calls.some(({ body }) => body.input.at(-1).content === 'endless'))
          await new Promise(setImmediate);
        abort.abort();
        await closes(state.provider);
        await read;
      });
    });
  }
});
