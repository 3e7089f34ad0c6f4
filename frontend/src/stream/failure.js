import { responseErrors } from '../strings/response-errors.js';
import { strings } from '../strings/strings.js';
import { ChatError, unreachable } from './chat-error.js';

/** @import { ErrorInfo } from './chat-error.js' */

const { general } = strings.errors;

/** Fallbacks for responses that are not from the gateway, such as a proxy's. @type {Record<number, ErrorInfo>} */
const byStatus = {
  401: { code: 'unauthorized', message: responseErrors.unauthorised, retryable: false },
  403: { code: 'origin_not_allowed', message: responseErrors.originNotAllowed, retryable: false },
  413: { code: 'payload_too_large', message: responseErrors.tooLong, retryable: false },
  429: { code: 'rate_limited', message: responseErrors.rateLimited, retryable: true },
  503: { code: 'overloaded', message: responseErrors.overloaded, retryable: true },
  504: { code: 'timeout', message: responseErrors.timeout, retryable: true },
};

const HOST_STATUSES = [502, 503, 504];

/**
 * The error of a response with an error status.
 * @param {Response} response
 * @returns {Promise<ChatError>}
 */
export async function httpError(response) {
  const { headers, status } = response;
  const body = await response.json().catch(() => undefined);
  const requestId = headers.get('X-Request-Id') ?? undefined;
  const retryAfter = Number.parseInt(headers.get('Retry-After') ?? '', 10) || undefined;
  const unknown = { code: `http_${status}`, message: general, retryable: status >= 500 };
  const own = parseErrorInfo(body?.error);
  const info = own ?? byStatus[status] ?? unknown;
  return new ChatError({ requestId, retryAfter, ...info }, !own && HOST_STATUSES.includes(status));
}

/**
 * The cause of a failed request, which the browser hides. A gateway of another origin that is
 * reachable has rejected this origin.
 * @param {string} gatewayUrl
 * @returns {ChatError}
 */
export function networkError(gatewayUrl) {
  if (!navigator.onLine || gatewayUrl === '') return unreachable();
  const message = responseErrors.originNotAllowed;
  return new ChatError({ code: 'origin_not_allowed', message, retryable: false }, true);
}

/**
 * @param {unknown} error  the `error` member of a response or an event
 * @returns {ErrorInfo | undefined}  undefined if it is not the gateway's
 */
export function parseErrorInfo(error) {
  const { code, message, retryable, request_id: requestId } = /** @type {any} */ (error ?? {});
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  return { code, message, retryable: retryable === true, requestId };
}
