import { strings } from '../strings/strings.js';
import { Failure, problemOf } from './failure.js';

/** @import { Problem } from './failure.js' */

const { errors } = strings;

/** For answers that are not the gateway's own, such as a proxy's page. @type {Record<number, Problem>} */
const byStatus = {
  401: { code: 'unauthorized', message: errors.unauthorised, retryable: false },
  403: { code: 'origin_not_allowed', message: errors.originNotAllowed, retryable: false },
  413: { code: 'payload_too_large', message: errors.tooLong, retryable: false },
  429: { code: 'rate_limited', message: errors.rateLimited, retryable: true },
  503: { code: 'overloaded', message: errors.overloaded, retryable: true },
  504: { code: 'timeout', message: errors.timeout, retryable: true },
};

/**
 * Reads why the gateway did not begin to answer.
 * @param {Response} response
 * @returns {Promise<Failure>}
 */
export async function httpError(response) {
  const body = await response.json().catch(() => undefined);
  const requestId = response.headers.get('X-Request-Id') ?? undefined;
  const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10) || undefined;
  const problem = problemOf(body?.error) ?? byStatus[response.status] ?? general(response.status);
  return new Failure({ requestId, retryAfter, ...problem });
}

/**
 * @param {number} status
 * @returns {Problem}
 */
function general(status) {
  return { code: `http_${status}`, message: errors.general, retryable: status >= 500 };
}
