/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @typedef {Awaited<ReturnType<typeof httpExchange>>} HttpExchange */

/**
 * A request for an answer, and methods with which the test writes the response. The events are kept,
 * so that another response can go on with them: the gateway does that for a request with a key.
 * @param {IncomingMessage} request
 * @param {ServerResponse} first
 */
export async function httpExchange(request, first) {
  /** @type {string[]} */
  const events = []; // by sequence number
  /** @type {ServerResponse | undefined} */
  let reader = first;
  let ended = false;
  let restartedAt = 0; // sequence number from which on the events are kept
  const { 'resume-key': key } = request.headers;
  const aborted = closed(first);
  const text = await readText(request);
  const body = JSON.parse(text);

  return {
    headers: request.headers,
    body,
    text,
    /** Resolves when the first connection closes, to whether the response was incomplete. */
    aborted,
    start,
    sendDelta,
    sendEvent,
    restart,
    complete,
    incomplete,
    sendErrorEvent,
    sendErrorResponse,
    sendComment,
    /** Closes the connection without the end of the chunked body. */
    disconnect: () => reader?.destroy(),
    /** Ends the response without a terminal event. */
    end: () => reader?.end(),
    isRead: () => reader !== undefined,
    isEnded: () => ended,
    attach,
  };

  /** @param {ServerResponse} response */
  function closed(response) {
    return new Promise(resolve => {
      response.on('close', () => {
        if (reader === response) reader = undefined;
        resolve(!response.writableFinished);
      });
    });
  }

  /**
   * Goes on after an event in this response, and closes the one before it.
   * @param {ServerResponse} response
   * @param {number} after
   */
  function attach(response, after) {
    if (ended && after >= events.length - 1) return response.writeHead(204).end();
    reader?.destroy();
    reader = response;
    closed(response);
    if (events.length > 0) writeHead();
    for (const event of events.slice(Math.max(after + 1, restartedAt))) response.write(event);
    if (ended) response.end();
  }

  /** @param {string[]} deltas  each becomes one event */
  function sendDelta(...deltas) {
    for (const delta of deltas) sendEvent('response.output_text.delta', { delta });
  }

  function sendComment() {
    if (reader && !reader.headersSent) writeHead();
    reader?.write(': keep-alive\n\n');
  }

  /** @param {{ resumable?: boolean }} [options] */
  function start({ resumable = true } = {}) {
    const own = { ...answer(body.model ?? 'scripted-1'), ...(key && { resumable }) };
    writeEvent('response.created', { response: own });
  }

  /** Another model begins the answer again. @param {string} model */
  function restart(model) {
    restartedAt = events.length;
    sendEvent('response.restarted', { response: answer(model) });
  }

  function complete(usage = { input_tokens: 9, output_tokens: 12, total_tokens: 21 }) {
    sendLast('response.completed', { response: { status: 'completed', usage } });
  }

  /** @param {string} reason */
  function incomplete(reason) {
    sendLast('response.incomplete', {
      response: { status: 'incomplete', incomplete_details: { reason }, usage: null },
    });
  }

  /**
   * Fails during the stream.
   * @param {string} code
   * @param {string} message
   */
  function sendErrorEvent(code, message) {
    sendLast('error', { error: { code, message, retryable: true, request_id: 'request-1' } });
  }

  /**
   * Fails before the stream.
   * @param {number} status
   * @param {object} error
   * @param {Record<string, string>} [headers]
   */
  function sendErrorResponse(status, error, headers = {}) {
    first.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    first.end(JSON.stringify({ error }));
  }

  /**
   * @param {string} type
   * @param {object} data
   */
  function sendLast(type, data) {
    if (ended) return;
    sendEvent(type, data);
    ended = true;
    reader?.end();
  }

  /**
   * @param {string} type
   * @param {object} data
   */
  function sendEvent(type, data) {
    if (events.length === 0) start();
    writeEvent(type, data);
  }

  /**
   * @param {string} type
   * @param {object} data
   */
  function writeEvent(type, data) {
    const number = events.length;
    const json = JSON.stringify({ type, sequence_number: number, ...data });
    events.push(`id: ${number}\nevent: ${type}\ndata: ${json}\n\n`);
    if (reader && !reader.headersSent) writeHead();
    reader?.write(events[number]);
  }

  function writeHead() {
    const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' };
    reader?.writeHead(200, headers).flushHeaders();
  }
}

/** @param {IncomingMessage} request */
async function readText(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** @param {string} model */
function answer(model) {
  return { id: 'r', object: 'response', status: 'in_progress', model };
}
