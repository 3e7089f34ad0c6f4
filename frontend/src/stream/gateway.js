import {
  ChatError,
  disconnectedProblem,
  httpError,
  networkError,
  parseErrorInfo,
} from './chat-error.js';

/** @import { PromptMessage } from '../conversation/branch.js' */
/** @import { Usage } from '../conversation/conversation.js' */
/** @typedef {ReturnType<typeof gateway>} Gateway */
/** @typedef {{ gatewayUrl: string, gatewayToken: string }} Config */

/**
 * @typedef {{ type: 'created', model: string }
 *   | { type: 'delta', text: string }
 *   | { type: 'completed', usage?: Usage }
 *   | { type: 'incomplete', reason: string, usage?: Usage }} StreamEvent
 */

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
    const response = await post(await config(), messages, signal);
    if (!response.ok || !response.body) throw await httpError(response);
    yield* readStream(response.body, parser, signal);
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
    throw await networkError(gatewayUrl);
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
