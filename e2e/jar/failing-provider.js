import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { AddressInfo, Socket } from 'node:net' */
/** @typedef {ReturnType<typeof providerCall>} ProviderCall */
/** @typedef {(call: ProviderCall) => unknown} Script  responds to one request */
/** @typedef {Awaited<ReturnType<typeof failingProvider>>} FailingProvider */

/** What every provider of these tests answers: 60 words. */
export const TEXT = Array.from({ length: 60 }, (_, n) => `word-${n + 1}`).join(' ');
export const EVENTS_BEFORE_TEXT = 4;
const FLUSH_MS = 30;

/**
 * A provider with the Responses API. It answers every request, except where a test has set a script
 * for its X-Request-Id, which the gateway passes on: so many requests can fail in different ways at
 * the same time.
 * @param {string} model
 * @param {Record<string, unknown>} usage
 */
export async function failingProvider(model, usage) {
  /** @type {ProviderCall[]} */
  const calls = [];
  /** @type {Map<string, Script>} */
  const scripts = new Map();
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    const id = `${request.headers['x-request-id']}`;
    const attempt = callsOf(id).length + 1;
    const call = providerCall(request, response, { id, attempt, body, model, usage });
    calls.push(call);
    await (scripts.get(id) ?? (it => it.answer()))(call);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${/** @type {AddressInfo} */ (server.address()).port}`;
  return { address, base: `http://${address}/v1`, calls, callsOf, nextCall, setScript, close };

  /**
   * @param {string} id  of the request
   * @param {Script} [script]  none to answer
   */
  function setScript(id, script) {
    if (script) scripts.set(id, script);
  }

  /** @param {string} id */
  function callsOf(id) {
    return calls.filter(call => call.id === id);
  }

  /**
   * Waits until a request with that id has arrived.
   * @param {string} id
   */
  async function nextCall(id) {
    while (callsOf(id).length === 0) await once(server, 'request').then(() => sleep(FLUSH_MS));
    return callsOf(id)[0];
  }

  async function close() {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}

/**
 * One request, and the ways to respond to it.
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {{ id: string, attempt: number, body: any, model: string, usage: object }} of
 */
function providerCall(request, response, { id, attempt, body, model, usage }) {
  let sequence = 0;
  const closed = once(response, 'close').then(() => performance.now());
  return {
    id,
    attempt,
    body,
    headers: request.headers,
    startedAt: performance.now(),
    /** Resolves when the connection closes, or the response ends. */
    closed,
    isClosed: () => response.closed || response.destroyed,
    events,
    completed,
    send,
    sendText,
    answer,
    refuse,
    respond,
    cut,
    /** Ends the response, possibly without its last event. */
    end: () => response.end(),
    reset: () => /** @type {Socket} */ (response.socket).resetAndDestroy(),
  };

  /** The events of a whole answer, as OpenAI sends them. */
  function events(answer = TEXT) {
    const part = { type: 'output_text', text: answer, annotations: [] };
    const item = { id: 'msg_p', type: 'message', role: 'assistant', status: 'completed' };
    const done = { ...item, content: [part] };
    const ids = { item_id: 'msg_p', output_index: 0, content_index: 0 };
    const created = { id: `resp_${model}`, object: 'response', status: 'in_progress', model };
    const words = answer.split(/(?<= )/);
    return [
      { type: 'response.created', response: created },
      { type: 'response.in_progress', response: created },
      { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
      { type: 'response.content_part.added', ...ids, part: { ...part, text: '' } },
      ...words.map(delta => ({ type: 'response.output_text.delta', ...ids, delta })),
      { type: 'response.output_text.done', ...ids, text: answer },
      { type: 'response.content_part.done', ...ids, part },
      { type: 'response.output_item.done', output_index: 0, item: done },
      completed([done]),
    ];
  }

  /** @param {object[]} output */
  function completed(output) {
    const response = { id: `resp_${model}`, status: 'completed', model, output, usage };
    return { type: 'response.completed', response };
  }

  /** @param {...(object | string)} sent  a string is sent as it is */
  function send(...sent) {
    if (!response.headersSent) response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    for (const event of sent) {
      const json = { sequence_number: sequence++, .../** @type {object} */ (event) };
      response.write(typeof event === 'string' ? event : `data: ${JSON.stringify(json)}\n\n`);
    }
  }

  /** @param {number} words  of the answer, with the events before them */
  function sendText(words) {
    send(...events().slice(0, EVENTS_BEFORE_TEXT + words));
  }

  function answer(content = TEXT) {
    send(...events(content));
    response.end();
  }

  /**
   * @param {number} status
   * @param {string} code
   * @param {Record<string, string>} [headers]
   */
  function refuse(status, code, headers = {}) {
    const error = { code, type: code, message: `${model} says no` };
    respond(status, 'application/json', JSON.stringify({ error }), headers);
  }

  /**
   * @param {number} status
   * @param {string} type
   * @param {string} content
   * @param {Record<string, string>} [headers]
   */
  function respond(status, type, content, headers = {}) {
    response.writeHead(status, { 'Content-Type': type, ...headers });
    response.end(content);
  }

  /** Closes the connection when everything has been sent. */
  async function cut() {
    await sleep(FLUSH_MS);
    response.destroy();
  }
}

/** @param {IncomingMessage} request */
async function text(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
