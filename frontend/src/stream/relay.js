import { answerEvents, isLast } from './answer-events.js';
import { ChatError, disconnectedProblem, unreachable } from './chat-error.js';
import { httpError, networkError } from './failure.js';

/** @import { Config, StreamEvent } from './gateway.js' */

const WAKING_DELAYS_MS = [1000, 2000, 4000];
const HEALTH_TIMEOUT_MS = 5000;

/**
 * Streams an answer that ends with its connection.
 * @param {() => Promise<Config>} config
 * @param {() => Promise<Response>} post  sends the question
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<StreamEvent>}
 */
export async function* relay(config, post, signal) {
  const body = yield* connect(config, post, signal);
  for await (const event of answerEvents(body)) {
    yield event;
    if (isLast(event)) return;
  }
  signal.throwIfAborted();
  throw new ChatError(disconnectedProblem());
}

/**
 * Waits for the answer to the question. A host that starts the gateway only now answers in its place,
 * or not at all. The question is sent again only if the gateway was not reachable right after the
 * failure and is now, so that no answer is requested twice.
 * @param {() => Promise<Config>} config
 * @param {() => Promise<Response>} post
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<StreamEvent, ReadableStream<Uint8Array>>}
 */
async function* connect(config, post, signal) {
  const delays = [...WAKING_DELAYS_MS];
  for (;;) {
    const result = await post().catch(cause => cause);
    if (result instanceof Response && result.ok && result.body) return result.body;
    const { gatewayUrl } = await config().catch(() => ({ gatewayUrl: '' }));
    const error = await toChatError(result, gatewayUrl);
    signal.throwIfAborted();
    if (!error.isFromHost || (await isReachable(gatewayUrl))) throw error;
    do {
      const delay = delays.shift();
      if (delay === undefined) throw unreachable();
      yield { type: 'waking' };
      await new Promise(resolve => setTimeout(resolve, delay));
      signal.throwIfAborted();
    } while (!(await isReachable(gatewayUrl)));
    signal.throwIfAborted();
  }
}

/**
 * @param {unknown} result  a response with an error status, or why there is none
 * @param {string} gatewayUrl
 */
async function toChatError(result, gatewayUrl) {
  if (result instanceof Response) return httpError(result);
  return result instanceof ChatError ? result : networkError(gatewayUrl);
}

/** Every origin may read this answer of the gateway, but not one of its host. @param {string} gatewayUrl */
async function isReachable(gatewayUrl) {
  const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
  try {
    const response = await fetch(`${gatewayUrl}/health`, { cache: 'no-store', signal });
    const { status } = await response.json();
    return status === 'ok' || status === 'draining'; // a host can answer with JSON as well
  } catch {
    return false;
  }
}
