import {
  ChatError,
  disconnectedProblem,
  httpError,
  networkError,
  parseErrorInfo,
  unreachable,
} from './chat-error.js';

/** @import { PromptMessage } from '../conversation/branch.js' */
/** @import { Usage } from '../conversation/conversation.js' */
/** @typedef {ReturnType<typeof gateway>} Gateway */
/** @typedef {{ gatewayUrl: string, gatewayToken: string }} Config */

/**
 * @typedef {{ type: 'waking' }
 *   | { type: 'created', model: string }
 *   | { type: 'delta', text: string }
 *   | { type: 'completed', usage?: Usage }
 *   | { type: 'incomplete', reason: string, usage?: Usage }} StreamEvent
 */

const WAKING_DELAYS_MS = [1000, 2000, 4000];
const HEALTH_TIMEOUT_MS = 5000;

/**
 * Gateway client: sends a prompt and yields the events of the answer. Has no notion of conversations.
 * @param {() => Promise<Config>} config
 */
export function gateway(config) {
  return { stream };

  /**
   * Streams one answer. The last event is `completed` or `incomplete`. Throws a ChatError, or the
   * AbortError of the signal.
   * @param {PromptMessage[]} messages
   * @param {AbortSignal} signal
   * @returns {AsyncGenerator<StreamEvent>}
   */
  async function* stream(messages, signal) {
    const parser = import('./event-stream.js'); // loads while the gateway waits for the provider
    parser.catch(() => {}); // readStream reports it
    const body = yield* connect(messages, signal);
    yield* readStream(body, parser, signal);
  }

  /**
   * Sends the prompt. A host that starts the gateway only now answers in its place, or not at all.
   * The prompt is sent again only if the gateway was not reachable right after the failure and is
   * now, so that no answer is requested twice.
   * @param {PromptMessage[]} messages
   * @param {AbortSignal} signal
   * @returns {AsyncGenerator<StreamEvent, ReadableStream<Uint8Array>>}
   */
  async function* connect(messages, signal) {
    const delays = [...WAKING_DELAYS_MS];
    for (;;) {
      const loaded = config();
      const result = await loaded.then(to => post(to, messages, signal)).catch(cause => cause);
      if (result instanceof Response && result.ok && result.body) return result.body;
      const error = result instanceof Response ? await httpError(result) : result;
      const { gatewayUrl } = await loaded.catch(() => ({ gatewayUrl: '' }));
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

/**
 * @param {Config} config
 * @param {PromptMessage[]} messages
 * @param {AbortSignal} signal
 */
async function post({ gatewayUrl, gatewayToken }, messages, signal) {
  try {
    return await fetch(`${gatewayUrl}/v1/chat`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${gatewayToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ messages }),
      signal,
    });
  } catch {
    signal.throwIfAborted();
    throw networkError(gatewayUrl);
  }
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {Promise<typeof import('./event-stream.js')>} parser
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<StreamEvent>}
 */
async function* readStream(body, parser, signal) {
  try {
    const { eventStream } = await parser;
    for await (const { data } of eventStream(body)) {
      const event = toStreamEvent(JSON.parse(data));
      if (event) yield event;
      if (event?.type === 'completed' || event?.type === 'incomplete') return;
    }
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof ChatError) throw cause;
  }
  throw new ChatError(disconnectedProblem());
}

/**
 * Unknown events are ignored, because the protocol can gain new ones.
 * @param {any} data
 * @returns {StreamEvent | undefined}
 */
function toStreamEvent(data) {
  switch (data.type) {
    case 'response.created':
      return { type: 'created', model: data.response.model };
    case 'response.output_text.delta':
    case 'response.refusal.delta':
      return { type: 'delta', text: data.delta };
    case 'response.completed':
      return { type: 'completed', usage: data.response.usage ?? undefined };
    case 'response.incomplete':
      return {
        type: 'incomplete',
        reason: data.response.incomplete_details?.reason ?? 'unknown',
        usage: data.response.usage ?? undefined,
      };
    case 'error':
      throw new ChatError(parseErrorInfo(data.error) ?? disconnectedProblem());
  }
}
