import { createParser } from 'eventsource-parser';

/** @import { EventSourceMessage } from 'eventsource-parser' */

const longestEvent = 1024 * 1024; // characters; ours are far smaller, so more is not ours

/**
 * Reads a body as Server-Sent Events. Leaving the loop early ends the request.
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<EventSourceMessage>}
 */
export async function* events(body) {
  /** @type {EventSourceMessage[]} */
  const arrived = [];
  const parser = createParser({
    onEvent: event => arrived.push(event),
    maxBufferSize: longestEvent,
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      parser.feed(decoder.decode(read.value, { stream: true }));
      yield* arrived.splice(0);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
