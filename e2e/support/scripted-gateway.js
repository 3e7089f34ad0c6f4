import { createServer } from 'node:http';
import { builtPage } from './built-page.js';
import { httpExchange } from './http-exchange.js';

/** @import { AddressInfo } from 'node:net' */
/** @import { HttpExchange } from './http-exchange.js' */

/**
 * Serves the built page and `/v1/chat` on one origin. A request waits until the test takes it with
 * `nextExchange` and writes its response.
 */
export async function scriptedGateway() {
  /** @type {HttpExchange[]} */
  const exchanges = [];
  /** @type {Array<(exchange: HttpExchange) => void>} */
  const waiting = [];
  /** @type {Map<string, string>} */
  const replacements = new Map();
  const page = builtPage(replacements);
  const server = createServer(async (request, response) => {
    if (request.url !== '/v1/chat') return page(request, response);
    const exchange = await httpExchange(request, response);
    exchanges.push(exchange);
    waiting.shift()?.(exchange);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {AddressInfo} */ (server.address());
  let taken = 0;

  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    nextExchange,
    /** Serves another text at this path. */
    replaceFile: (/** @type {string} */ path, /** @type {string} */ text) =>
      replacements.set(path, text),
    close,
  };

  /**
   * The next request to `/v1/chat`; waits until it arrives.
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
