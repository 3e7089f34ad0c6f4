import { sendError } from './send-error.js';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { HttpExchange } from './http-exchange.js' */

const KEY = /^[\w-]{22,64}$/;

/**
 * The answers that the gateway keeps, by the key of the request. A test says when one expires.
 */
export function keptAnswers() {
  /** @type {Map<string, HttpExchange>} */
  const answers = new Map();
  /** @type {number[]} */
  const reads = [];
  /** @type {string[]} */
  const cancelled = [];
  return { add, read, cancel, forget, reads, cancelled };

  /**
   * @param {string} key
   * @param {HttpExchange} exchange
   * @param {ServerResponse} response
   * @returns {boolean}  whether the answer is a new one; else it goes on in this response
   */
  function add(key, exchange, response) {
    if (!KEY.test(key)) return sendError(response, 400, 'invalid_request');
    const known = answers.get(key);
    if (!known) answers.set(key, exchange);
    else if (known.text !== exchange.text) return sendError(response, 409, 'resume_conflict');
    else known.attach(response, -1);
    return !known;
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  function read(request, response) {
    const { searchParams } = new URL(request.url ?? '', 'http://gateway');
    const after = Number(searchParams.get('after') ?? -1);
    const key = String(request.headers['resume-key']);
    if (!KEY.test(key) || !Number.isInteger(after)) {
      sendError(response, 400, 'invalid_request');
      return;
    }
    reads.push(after);
    const answer = answers.get(key);
    if (answer) answer.attach(response, after);
    else sendError(response, 404, 'not_found');
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  function cancel(request, response) {
    const key = String(request.headers['resume-key']);
    cancelled.push(key);
    answers.get(key)?.incomplete('cancelled');
    response.writeHead(204).end();
  }

  /** All answers expire, as after a restart of the gateway. */
  function forget() {
    for (const answer of answers.values()) answer.disconnect();
    answers.clear();
  }
}
