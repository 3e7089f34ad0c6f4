/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @typedef {Awaited<ReturnType<typeof exchange>>} Exchange */

/**
 * One question to the gateway, and the hand of the test on its answer.
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export async function exchange(request, response) {
  let number = 0;
  const aborted = new Promise(resolve => {
    response.on('close', () => resolve(!response.writableFinished));
  });
  const body = JSON.parse(await text(request));

  return {
    headers: request.headers,
    body,
    /** Resolves when the connection ends: whether that was before the answer did. */
    aborted,
    begin,
    say,
    complete,
    incomplete,
    fail,
    refuse,
    raw: (/** @type {string | Uint8Array} */ bytes) => response.write(bytes),
    cut: () => response.destroy(),
    /** Ends the answer without its last event. */
    end: () => response.end(),
  };

  function begin(model = 'scripted-1') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    event('response.created', {
      response: { id: 'r', object: 'response', status: 'in_progress', model },
    });
  }

  /** @param {string[]} pieces  an event each */
  function say(...pieces) {
    if (!response.headersSent) begin();
    for (const delta of pieces) event('response.output_text.delta', { delta });
  }

  function complete(usage = { input_tokens: 9, output_tokens: 12, total_tokens: 21 }) {
    event('response.completed', { response: { status: 'completed', usage } });
    response.end();
  }

  /** @param {string} reason */
  function incomplete(reason) {
    event('response.incomplete', {
      response: { status: 'incomplete', incomplete_details: { reason }, usage: null },
    });
    response.end();
  }

  /**
   * Fails in mid-stream.
   * @param {string} code
   * @param {string} message
   */
  function fail(code, message) {
    event('error', { error: { code, message, retryable: true, request_id: 'request-1' } });
    response.end();
  }

  /**
   * Fails before the stream.
   * @param {number} status
   * @param {object | string} answer  the error, or the page of something in between
   * @param {Record<string, string>} [headers]
   */
  function refuse(status, answer, headers = {}) {
    const json = typeof answer === 'object';
    response.writeHead(status, {
      'Content-Type': json ? 'application/json' : 'text/html',
      ...headers,
    });
    response.end(json ? JSON.stringify({ error: answer }) : answer);
  }

  /**
   * @param {string} type
   * @param {object} data
   */
  function event(type, data) {
    const json = JSON.stringify({ type, sequence_number: number, ...data });
    response.write(`id: ${number++}\nevent: ${type}\ndata: ${json}\n\n`);
  }
}

/** @param {IncomingMessage} request */
async function text(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
