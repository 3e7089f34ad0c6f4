import { createServer } from 'node:http';
import { builtPage } from './built-page.js';
import { httpExchange } from './http-exchange.js';
import { keptAnswers } from './kept-answers.js';
import { sendError } from './send-error.js';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { AddressInfo } from 'node:net' */
/** @import { HttpExchange } from './http-exchange.js' */

/**
 * Serves the built page and the routes of the gateway on one origin. A question waits until the test
 * takes it with `nextExchange` and writes its response.
 * @param {string[]} [capabilities]  that it announces; without them it is an older gateway, which has
 *   neither the list of models nor answers that can be resumed
 */
export async function scriptedGateway(capabilities) {
  /** @type {HttpExchange[]} */
  const exchanges = [];
  /** @type {Array<(exchange: HttpExchange) => void>} */
  const waiting = [];
  /** @type {Map<string, string>} */
  const replacements = new Map();
  const answers = keptAnswers();
  const page = builtPage(replacements);
  const fields = capabilities?.includes('restart') ? ['messages', 'restart'] : ['messages'];
  let isDown = false;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://gateway');
    if (pathname.startsWith('/v1/') && isDown) return request.socket.destroy();
    if (pathname === '/v1/chat') return chat(request, response);
    if (!capabilities || !pathname.startsWith('/v1/')) return page(request, response);
    if (request.headers.authorization !== 'Bearer scripted-token')
      return sendError(response, 401, 'unauthorized');
    if (pathname === '/v1/models') return sendModels(response);
    if (request.method === 'DELETE') return answers.cancel(request, response);
    return answers.read(request, response);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {AddressInfo} */ (server.address());
  let taken = 0;

  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    nextExchange,
    /** The numbers after which answers were requested again; -1 for one from its start. */
    reads: answers.reads,
    /** The keys of the answers that were stopped. */
    cancelled: answers.cancelled,
    forget: answers.forget,
    /** Whether requests get no response. */
    setDown: (/** @type {boolean} */ value) => {
      isDown = value;
    },
    /** Serves another text at this path. */
    replaceFile: (/** @type {string} */ path, /** @type {string} */ text) =>
      replacements.set(path, text),
    close,
  };

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async function chat(request, response) {
    const exchange = await httpExchange(request, response);
    const unknown = Object.keys(exchange.body).find(field => !fields.includes(field));
    if (unknown) return sendError(response, 400, 'invalid_request');
    const { 'resume-key': key } = request.headers;
    if (key !== undefined && !capabilities?.includes('resume'))
      return sendError(response, 400, 'invalid_request');
    if (key !== undefined && !answers.add(String(key), exchange, response)) return;
    exchanges.push(exchange);
    waiting.shift()?.(exchange);
  }

  /** @param {ServerResponse} response */
  function sendModels(response) {
    const model = { id: 'scripted-1', object: 'model', created: 0, owned_by: 'gateway' };
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ object: 'list', data: [{ ...model, capabilities }] }));
  }

  /**
   * The next new question to `/v1/chat`; waits until it arrives.
   * @returns {Promise<HttpExchange>}
   */
  function nextExchange() {
    const next = exchanges[taken++];
    return next ? Promise.resolve(next) : new Promise(resolve => waiting.push(resolve));
  }

  async function close() {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}
