import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { closes, gatewayForClients, MODEL, TOKEN, WEATHER } from './gateway.js';

describe('@langchain/openai', () => {
  const state = gatewayForClients();

  for (const useResponsesApi of [true, false]) {
    describe(useResponsesApi ? 'responses' : 'chat completions', () => {
      const model = () =>
        new ChatOpenAI({
          model: MODEL,
          apiKey: TOKEN,
          maxRetries: 0,
          useResponsesApi,
          configuration: { baseURL: state.baseURL },
        });

      test('invokes a model', async () => {
        const answer = await model().invoke('hello');
        assert.equal(answer.text, 'Hello there.');
        assert.equal(answer.usage_metadata?.total_tokens, 20);
      });

      test('streams an answer', async () => {
        let text = '';
        for await (const chunk of await model().stream('hello')) text += chunk.text;
        assert.equal(text, 'Hello there.');
      });

      test('calls a tool and reads its output', async () => {
        const withTools = model().bindTools([
          {
            type: 'function',
            function: { name: 'get_weather', description: 'The weather', parameters: WEATHER },
          },
        ]);
        const question = new HumanMessage('the weather?');
        const first = await withTools.invoke([question]);
        assert.deepEqual(first.tool_calls?.[0]?.args, { city: 'Oslo' });
        const output = new ToolMessage({
          content: 'sunny',
          tool_call_id: `${first.tool_calls?.[0]?.id}`,
        });
        const second = await withTools.invoke([question, first, output]);
        assert.equal(second.text, 'It is sunny.');
      });

      test('an error throws our sentence', async () => {
        await assert.rejects(model().invoke('long'), /This conversation is too long/);
      });

      test('a stream that breaks throws', async () => {
        await assert.rejects(async () => {
          for await (const _ of await model().stream('late'));
        });
      });

      test('Stop closes the provider', async () => {
        const abort = new AbortController();
        const stream = await model().stream('endless', { signal: abort.signal });
        await assert.rejects(async () => {
          for await (const _ of stream) abort.abort();
        });
        await closes(state.provider);
      });
    });
  }
});
