import { createParser } from 'eventsource-parser';

/** @import { EventSourceMessage } from 'eventsource-parser' */

const MAX_EVENT_LENGTH = 1024 * 1024; // characters
const SILENCE_TIMEOUT_MS = 45_000; // the gateway sends a comment every ten seconds

/**
 * Parses a body as Server-Sent Events. Leaving the loop early cancels the request. Throws when no
 * bytes arrive within the timeout.
 * @param {ReadableStream<Uint8Array>} body
 * @param {{ timeout?: number, onBytes?: () => void }} [options]  `timeout` in milliseconds
 * @returns {AsyncGenerator<EventSourceMessage>}
 */
export async function* eventStream(body, { timeout = SILENCE_TIMEOUT_MS, onBytes } = {}) {
  /** @type {EventSourceMessage[]} */
  const parsed = [];
  const onEvent = (/** @type {EventSourceMessage} */ event) => parsed.push(event);
  const parser = createParser({ onEvent, maxBufferSize: MAX_EVENT_LENGTH });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await withTimeout(reader.read(), timeout);
      if (done) return;
      onBytes?.();
      parser.feed(decoder.decode(value, { stream: true }));
      yield* parsed.splice(0);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * @template T
 * @param {Promise<T>} read
 * @param {number} delay  milliseconds
 * @returns {Promise<T>}
 */
async function withTimeout(read, delay) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const timeout = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), delay);
  });
  try {
    return await Promise.race([read, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
