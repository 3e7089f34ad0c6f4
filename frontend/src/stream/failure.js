import { strings } from '../strings/strings.js';

/**
 * What went wrong, in the gateway's words. `retryAfter` is in seconds.
 * @typedef {object} Problem
 * @property {string} code
 * @property {string} message
 * @property {boolean} retryable
 * @property {number} [retryAfter]
 * @property {string} [requestId]
 */

/** An answer that did not come to its end; `problem` is what the reader is told. */
export class Failure extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * The answer broke off: the connection, or someone between here and the gateway, gave up.
 * @returns {Problem}
 */
export function brokenOff() {
  return { code: 'broken_off', message: strings.errors.general, retryable: true };
}

/**
 * @param {unknown} error  the gateway's `error` member
 * @returns {Problem | undefined}
 */
export function problemOf(error) {
  const { code, message, retryable, request_id: requestId } = /** @type {any} */ (error ?? {});
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  return { code, message, retryable: retryable === true, requestId };
}
