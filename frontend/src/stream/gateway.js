import { events } from './events.js';
import { brokenOff, Failure, problemOf } from './failure.js';
import { httpError } from './http-error.js';
import { networkError } from './network-error.js';

/** @import { PromptMessage } from '../conversation/prompt.js' */
/** @import { Usage } from '../conversation/message.js' */
/** @typedef {ReturnType<typeof gateway>} Gateway */
/** @typedef {{ gatewayUrl: string, gatewayToken: string }} Config */

/**
 * @typedef {{ type: 'created', model: string }
 *   | { type: 'delta', text: string }
 *   | { type: 'completed', usage?: Usage }
 *   | { type: 'incomplete', reason: string, usage?: Usage }} AnswerEvent
 */

/**
 * The way to the model. Knows the wire; does not know what a conversation is.
 * @param {() => Promise<Config>} config
 */
export function gateway(config) {
  return { answer };

  /**
   * Streams one answer. The last event is `completed` or `incomplete`; anything else is a Failure,
   * but for the AbortError of the caller's own signal.
   * @param {PromptMessage[]} messages
   * @param {AbortSignal} signal
   * @returns {AsyncGenerator<AnswerEvent>}
   */
  async function* answer(messages, signal) {
    const response = await ask(await config(), messages, signal);
    if (!response.ok || !response.body) throw await httpError(response);
    yield* toTheEnd(response.body, signal);
  }
}

/**
 * @param {Config} config
 * @param {PromptMessage[]} messages
 * @param {AbortSignal} signal
 */
async function ask({ gatewayUrl, gatewayToken }, messages, signal) {
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
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<AnswerEvent>}
 */
async function* toTheEnd(body, signal) {
  try {
    for await (const { data } of events(body)) {
      const event = answerEvent(JSON.parse(data));
      if (event) yield event;
      if (event?.type === 'completed' || event?.type === 'incomplete') return;
    }
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof Failure) throw cause;
  }
  throw new Failure(brokenOff());
}

/**
 * Events we do not know are passed over: the protocol may grow.
 * @param {any} data
 * @returns {AnswerEvent | undefined}
 */
function answerEvent(data) {
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
      throw new Failure(problemOf(data.error) ?? brokenOff());
  }
}
