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
 * @param {{ id: string, label?: string }[]} [models]
 */
export async function scriptedGateway(capabilities, models = [{ id: 'scripted-1' }]) {
  /** @type {HttpExchange[]} */
  const exchanges = [];
  /** @type {Array<(exchange: HttpExchange) => void>} */
  const waiting = [];
  /** @type {Map<string, string>} */
  const replacements = new Map();
  const answers = keptAnswers();
  /** @type {string[]} */
  const embedOrigins = [];
  const page = builtPage(replacements, embedOrigins);
  let isDown = false;
  let isStalled = false;
  let proxyStatus = 0; // of every response, if it is not 0
  let accessCode = '';
  let attempts = Number.POSITIVE_INFINITY;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://gateway');
    if (isStalled) return;
    if (proxyStatus) return response.writeHead(proxyStatus).end(`{"proxy":${proxyStatus}}`);
    if (pathname.startsWith('/v1/') && isDown) return request.socket.destroy();
    if (pathname.startsWith('/v1/') && !hasCode(request)) return refuseCode(request, response);
    if (pathname === '/v1/chat' && !accessCode && !hasPublicToken(request))
      return sendError(response, 401, 'unauthorized');
    if (pathname === '/v1/chat') return chat(request, response);
    if (!capabilities || !pathname.startsWith('/v1/')) return page(request, response);
    if (!accessCode && !hasPublicToken(request)) return sendError(response, 401, 'unauthorized');
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
    /** The sites that may show the page in a frame; a test can add some. */
    embedOrigins,
    /** The numbers after which answers were requested again; -1 for one from its start. */
    reads: answers.reads,
    /** The keys of the answers that were stopped. */
    cancelled: answers.cancelled,
    forget: answers.forget,
    /** Whether requests get no response. */
    setDown: (/** @type {boolean} */ value) => {
      isDown = value;
    },
    /** Whether all requests wait for a response that does not come. */
    setStalled: (/** @type {boolean} */ value) => {
      isStalled = value;
    },
    /** Lets a proxy respond with this status to all requests, or none with 0. */
    setProxyStatus: (/** @type {number} */ status) => {
      proxyStatus = status;
    },
    /** Requires this code from now on; so many wrong ones are compared. */
    setAccessCode: (/** @type {string} */ code, maxWrong = attempts) => {
      accessCode = code;
      attempts = maxWrong;
    },
    /** Announces other models from now on. */
    setModels: (/** @type {typeof models} */ others) => {
      models = others;
    },
    /** Announces other capabilities from now on. */
    setCapabilities: (/** @type {string[]} */ others) => {
      capabilities = others;
    },
    /** Serves another text at this path. */
    replaceFile: (/** @type {string} */ path, /** @type {string} */ text) =>
      replacements.set(path, text),
    close,
  };

  /** @param {IncomingMessage} request */
  function hasCode({ headers }) {
    return !accessCode || headers.authorization === `Bearer ${accessCode}`;
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  function refuseCode({ headers }, response) {
    if (!hasPublicToken({ headers }) && attempts-- <= 0)
      return sendError(response, 429, 'rate_limited');
    return sendError(response, 401, 'access_code_required');
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async function chat(request, response) {
    const exchange = await httpExchange(request, response);
    if (!isValid(exchange.body)) return sendError(response, 400, 'invalid_request');
    if (exchange.body.model && !models.some(({ id }) => id === exchange.body.model))
      return sendError(response, 404, 'model_not_found');
    const { 'resume-key': key } = request.headers;
    if (key !== undefined && !capabilities?.includes('resume'))
      return sendError(response, 400, 'invalid_request');
    if (key !== undefined && !answers.add(String(key), exchange, response)) return;
    exchanges.push(exchange);
    waiting.shift()?.(exchange);
  }

  /** Whether each field is one that was announced. @param {Record<string, any>} body */
  function isValid({ messages, restart, model, tools = [], reasoning, ...unknown }) {
    const can = (/** @type {string} */ name) => capabilities?.includes(name) === true;
    return (
      Object.keys(unknown).length === 0 &&
      hasValidContents(messages, can) &&
      (restart === undefined || can('restart')) &&
      (model === undefined || capabilities !== undefined) &&
      tools.every(
        (/** @type {string} */ tool) => /^(?:web|file)_search$/.test(tool) && can(tool),
      ) &&
      (reasoning === undefined || (reasoning === 'summary' && can('reasoning')))
    );
  }

  /** @param {ServerResponse} response */
  function sendModels(response) {
    const model = { object: 'model', created: 0, owned_by: 'gateway', capabilities };
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const data = models.map(own => ({ ...model, ...own }));
    response.end(JSON.stringify({ object: 'list', data }));
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

/**
 * Whether each content is a text, or parts that were announced: at most one text, which is the first.
 * @param {{ content: any }[]} messages
 * @param {(name: string) => boolean} can
 */
function hasValidContents(messages, can) {
  const lists = messages.map(({ content }) => content).filter(Array.isArray);
  const parts = lists.flat();
  const count = (/** @type {string} */ type) => parts.filter(part => part.type === type).length;
  return (
    messages.every(({ content }) => content.length > 0) &&
    lists.every(list => list.slice(1).every(({ type }) => type !== 'input_text')) &&
    (count('input_image') === 0 || can('images')) &&
    (count('input_file') === 0 || can('files')) &&
    count('input_image') <= 4 &&
    count('input_file') <= 1 &&
    parts.every(
      ({ image_url: url = '' }) =>
        url.length <= 1_572_864 && /^(?:data:image\/(?:jpeg|png);|$)/.test(url),
    )
  );
}

/** @param {Pick<IncomingMessage, 'headers'>} request */
function hasPublicToken({ headers }) {
  return headers.authorization === 'Bearer scripted-token';
}
