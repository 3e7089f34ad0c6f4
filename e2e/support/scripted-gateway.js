import { createServer } from 'node:http';
import { builtPage } from './built-page.js';
import { exchange } from './exchange.js';

/** @import { AddressInfo } from 'node:net' */
/** @import { Exchange } from './exchange.js' */

/**
 * Serves the built page and plays the gateway, on one origin. A question waits until the test has
 * taken it with `asked` and says what comes.
 */
export async function scriptedGateway() {
  /** @type {Exchange[]} */
  const questions = [];
  /** @type {Array<(question: Exchange) => void>} */
  const waiting = [];
  /** @type {Map<string, string>} */
  const newer = new Map();
  const page = builtPage(newer);
  const server = createServer(async (request, response) => {
    if (request.url !== '/v1/chat') return page(request, response);
    const question = await exchange(request, response);
    questions.push(question);
    waiting.shift()?.(question);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {AddressInfo} */ (server.address());
  let taken = 0;

  return {
    url: `http://127.0.0.1:${port}`,
    questions,
    asked,
    /** Serves another text from now on. */
    publish: (/** @type {string} */ path, /** @type {string} */ text) => newer.set(path, text),
    close,
  };

  /**
   * The next question, once it is there.
   * @returns {Promise<Exchange>}
   */
  function asked() {
    const next = questions[taken++];
    return next ? Promise.resolve(next) : new Promise(resolve => waiting.push(resolve));
  }

  async function close() {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}
