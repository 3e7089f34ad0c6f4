import { once } from 'node:events';
import { createServer } from 'node:http';

/** @import { AddressInfo } from 'node:net' */
/** @import { ServerResponse } from 'node:http' */
/** @typedef {{ body: any, closed: Promise<void> }} ProviderCall  its request, and its connection */

const USAGE = {
  input_tokens: 13,
  input_tokens_details: { cached_tokens: 2 },
  output_tokens: 7,
  output_tokens_details: { reasoning_tokens: 3 },
  total_tokens: 20,
};
const INTERVAL_MS = 50;

/**
 * A provider with the Responses API whose answer depends on the last text of the request, so that
 * one gateway can be asked for every kind of answer at once.
 */
export async function provider() {
  /** @type {ProviderCall[]} */
  const calls = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    calls.push({ body, closed: once(response, 'close').then(() => {}) });
    answer(body, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  return {
    base: `http://127.0.0.1:${port}/v1`,
    calls,
    lastCall: () => calls[calls.length - 1],
    close,
  };

  async function close() {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}

/**
 * @param {any} body
 * @param {ServerResponse} response
 */
function answer(body, response) {
  const last = body.input.at(-1);
  const question = typeof last.content === 'string' ? last.content : '';
  const errors = /** @type {Record<string, [number, string]>} */ ({
    key: [401, 'invalid_api_key'],
    quota: [429, 'insufficient_quota'],
    long: [400, 'context_length_exceeded'],
  });
  const error = errors[question];
  if (error) {
    response.writeHead(error[0], { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ error: { code: error[1], message: 'canary', type: error[1] } }));
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  send(response, { type: 'response.created', response: { id: 'resp_p', model: body.model } });
  if (last.type === 'function_call_output') return complete(response, `It is ${last.output}.`);
  if (body.tools && question.includes('weather')) return call(response, body.tools[0].name);
  if (body.tools && question === 'call without deltas') return callWithoutDeltas(response);
  if (body.tools && question === 'call without an id') return callWithoutId(response);
  if (body.tools && question === 'call that is cut') return callThatIsCut(response);
  if (body.text?.format?.type === 'json_schema') return complete(response, '{"city":"Oslo"}');
  switch (question) {
    case 'incomplete':
      delta(response, 'Once upon');
      return end(response, 'incomplete', { incomplete_details: { reason: 'max_output_tokens' } });
    case 'refuse':
      send(response, { type: 'response.refusal.delta', output_index: 0, delta: 'I cannot.' });
      return end(response, 'completed', {});
    case 'late':
      delta(response, 'Hello');
      send(response, { type: 'error', error: { code: 'server_error', message: 'canary' } });
      return response.end();
    case 'cut':
      delta(response, 'Hello');
      return setTimeout(() => response.destroy(), INTERVAL_MS);
    case 'endless': {
      const timer = setInterval(() => delta(response, 'word '), INTERVAL_MS);
      return response.once('close', () => clearInterval(timer));
    }
    default:
      return complete(response, 'Hello there.');
  }
}

/**
 * @param {ServerResponse} response
 * @param {string} text
 */
function complete(response, text) {
  for (const word of text.split(/(?<= )/)) delta(response, word);
  end(response, 'completed', {});
}

/**
 * @param {ServerResponse} response
 * @param {string} name  of the function
 */
function call(response, name) {
  const item = { type: 'function_call', id: 'fc_p', call_id: 'call_p', name, arguments: '' };
  send(response, { type: 'response.output_item.added', output_index: 0, item });
  for (const part of ['{"city":', '"Oslo"}'])
    send(response, {
      type: 'response.function_call_arguments.delta',
      output_index: 0,
      delta: part,
    });
  const done = { ...item, arguments: '{"city":"Oslo"}', status: 'completed' };
  send(response, { type: 'response.output_item.done', output_index: 0, item: done });
  end(response, 'completed', { output: [done] });
}

/**
 * The arguments stand in the event that ends them only.
 * @param {ServerResponse} response
 */
function callWithoutDeltas(response) {
  const item = { type: 'function_call', call_id: 'call_p', name: 'f', arguments: '' };
  send(response, { type: 'response.output_item.added', output_index: 1, item });
  const type = 'response.function_call_arguments.done';
  send(response, { type, output_index: 1, arguments: '{"a":1}' });
  end(response, 'completed', {});
}

/** @param {ServerResponse} response */
function callWithoutId(response) {
  const item = { type: 'function_call', call_id: '', name: 'f', arguments: '{"a":1}' };
  send(response, { type: 'response.output_item.done', item });
  end(response, 'completed', { output: [item] });
}

/** @param {ServerResponse} response */
function callThatIsCut(response) {
  const item = { type: 'function_call', call_id: 'call_p', name: 'f', arguments: '{"a' };
  send(response, { type: 'response.output_item.added', output_index: 0, item });
  end(response, 'incomplete', {
    incomplete_details: { reason: 'max_output_tokens' },
    output: [{ ...item, status: 'incomplete' }],
  });
}

/**
 * @param {ServerResponse} response
 * @param {string} text
 */
function delta(response, text) {
  send(response, { type: 'response.output_text.delta', output_index: 0, delta: text });
}

/**
 * @param {ServerResponse} response
 * @param {string} status
 * @param {object} fields
 */
function end(response, status, fields) {
  const ended = { id: 'resp_p', status, usage: USAGE, output: [], ...fields };
  send(response, { type: `response.${status}`, response: ended });
  response.end();
}

/**
 * @param {ServerResponse} response
 * @param {object} event
 */
function send(response, event) {
  response.write(`data: ${JSON.stringify(event)}\n\n`);
}
