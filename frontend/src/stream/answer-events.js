import { ChatError, disconnectedProblem } from './chat-error.js';
import { eventStream } from './event-stream.js';
import { parseErrorInfo } from './failure.js';

/** @import { StreamEvent } from './gateway.js' */

const ACTIVITY = /^response\.(?:reasoning_|web_search_|file_search_|output_text\.annotation)/;

/**
 * Reads the events of an answer until its last one, or until the connection breaks: then it ends
 * without `completed` or `incomplete`. Throws the ChatError of an `error` event.
 * @param {ReadableStream<Uint8Array>} body
 * @param {{ timeout?: number, onBytes?: () => void }} [options]  `timeout`: of silence, milliseconds
 * @returns {AsyncGenerator<StreamEvent>}
 */
export async function* answerEvents(body, options) {
  try {
    for await (const { data } of eventStream(body, options)) {
      const parsed = JSON.parse(data);
      const event = toStreamEvent(parsed) ?? (await toActivity(parsed));
      if (event) yield event;
      if (event && isLast(event)) return;
    }
  } catch (cause) {
    if (cause instanceof ChatError) throw cause;
  }
}

/** @param {StreamEvent} event */
export function isLast({ type }) {
  return type === 'completed' || type === 'incomplete';
}

/**
 * Reasoning, searches and sources. Their module is loaded with the first one; without it, they are
 * left out.
 * @param {any} data
 * @returns {Promise<StreamEvent | undefined>}
 */
async function toActivity(data) {
  if (!ACTIVITY.test(data.type)) return undefined;
  const module = await import('../conversation/activity.js').catch(() => {});
  return module?.activityEvent(data);
}

/**
 * Unknown events are ignored, because the protocol can gain new ones.
 * @param {any} data
 * @returns {StreamEvent | undefined}
 */
function toStreamEvent({ type, sequence_number: number, response, ...data }) {
  switch (type) {
    case 'response.created':
      return { type: 'created', model: response.model, resumable: response.resumable, number };
    case 'response.restarted':
      return { type: 'restarted', model: response.model, number };
    case 'response.output_text.delta':
    case 'response.refusal.delta':
      return { type: 'delta', text: data.delta, number };
    case 'response.completed':
      return { type: 'completed', usage: response.usage ?? undefined, number };
    case 'response.incomplete':
      return {
        type: 'incomplete',
        reason: response.incomplete_details?.reason ?? 'unknown',
        usage: response.usage ?? undefined,
        number,
      };
    case 'error':
      throw new ChatError(parseErrorInfo(data.error) ?? disconnectedProblem());
  }
}
