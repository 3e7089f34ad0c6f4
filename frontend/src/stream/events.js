import { createParser } from 'eventsource-parser';

/** @import { EventSourceMessage } from 'eventsource-parser' */

const longestEvent = 1024 * 1024; // characters; ours are far smaller, so more is not ours
const longestSilence = 45_000; // milliseconds; the gateway sends a comment every ten seconds

/**
 * Reads a body as Server-Sent Events. Leaving the loop early ends the request; a
 * connection that has fallen silent is an error.
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
    for (;;) {
      const read = await inTime(reader.read());
      if (read.done) return;
      parser.feed(decoder.decode(read.value, { stream: true }));
      yield* arrived.splice(0);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * @template T
 * @param {Promise<T>} read
 * @returns {Promise<T>}
 */
async function inTime(read) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const silence = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('silence')), longestSilence);
  });
  try {
    return await Promise.race([read, silence]);
  } finally {
    clearTimeout(timer);
  }
}
