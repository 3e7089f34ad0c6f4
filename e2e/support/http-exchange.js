/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @typedef {Awaited<ReturnType<typeof httpExchange>>} HttpExchange */

/**
 * A request for an answer, and methods with which the test writes the response.
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export async function httpExchange(request, response) {
  let sequenceNumber = 0;
  const aborted = new Promise(resolve => {
    response.on('close', () => resolve(!response.writableFinished));
  });
  const body = JSON.parse(await text(request));

  return {
    headers: request.headers,
    body,
    /** Resolves when the connection closes, to whether the response was incomplete. */
    aborted,
    start,
    sendDelta,
    complete,
    incomplete,
    sendErrorEvent,
    sendErrorResponse,
    /** Closes the connection without the end of the chunked body. */
    disconnect: () => response.destroy(),
    /** Ends the response without a terminal event. */
    end: () => response.end(),
  };

  /** @param {string[]} deltas  each becomes one event */
  function sendDelta(...deltas) {
    if (!response.headersSent) start();
    for (const delta of deltas) sendEvent('response.output_text.delta', { delta });
  }

  function start() {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    sendEvent('response.created', {
      response: { id: 'r', object: 'response', status: 'in_progress', model: 'scripted-1' },
    });
  }

  function complete(usage = { input_tokens: 9, output_tokens: 12, total_tokens: 21 }) {
    sendEvent('response.completed', { response: { status: 'completed', usage } });
    response.end();
  }

  /** @param {string} reason */
  function incomplete(reason) {
    sendEvent('response.incomplete', {
      response: { status: 'incomplete', incomplete_details: { reason }, usage: null },
    });
    response.end();
  }

  /**
   * Fails during the stream.
   * @param {string} code
   * @param {string} message
   */
  function sendErrorEvent(code, message) {
    sendEvent('error', { error: { code, message, retryable: true, request_id: 'request-1' } });
    response.end();
  }

  /**
   * Fails before the stream.
   * @param {number} status
   * @param {object} error
   * @param {Record<string, string>} [headers]
   */
  function sendErrorResponse(status, error, headers = {}) {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify({ error }));
  }

  /**
   * @param {string} type
   * @param {object} data
   */
  function sendEvent(type, data) {
    const json = JSON.stringify({ type, sequence_number: sequenceNumber, ...data });
    response.write(`id: ${sequenceNumber++}\nevent: ${type}\ndata: ${json}\n\n`);
  }
}

/** @param {IncomingMessage} request */
async function text(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
