import { strings } from '../strings/strings.js';

const { errors } = strings;

/**
 * The `error` member of the gateway, which is also stored with a failed message. `retryAfter` is in
 * seconds.
 * @typedef {object} ErrorInfo
 * @property {string} code
 * @property {string} message  for the user
 * @property {boolean} retryable
 * @property {number} [retryAfter]
 * @property {string} [requestId]
 */

/** Fallbacks for responses that are not from the gateway, such as a proxy's. @type {Record<number, ErrorInfo>} */
const byStatus = {
  401: { code: 'unauthorized', message: errors.unauthorised, retryable: false },
  403: { code: 'origin_not_allowed', message: errors.originNotAllowed, retryable: false },
  413: { code: 'payload_too_large', message: errors.tooLong, retryable: false },
  429: { code: 'rate_limited', message: errors.rateLimited, retryable: true },
  503: { code: 'overloaded', message: errors.overloaded, retryable: true },
  504: { code: 'timeout', message: errors.timeout, retryable: true },
};

const HOST_STATUSES = [502, 503, 504];

/**
 * An answer failed; `info` says why. `isFromHost`: the request may have met the host of a gateway
 * that does not run.
 */
export class ChatError extends Error {
  /**
   * @param {ErrorInfo} info
   * @param {boolean} isFromHost
   */
  constructor(info, isFromHost = false) {
    super(info.message);
    this.info = info;
    this.isFromHost = isFromHost;
  }
}

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
  const unknown = { code: `http_${status}`, message: errors.general, retryable: status >= 500 };
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
  const message = errors.originNotAllowed;
  return new ChatError({ code: 'origin_not_allowed', message, retryable: false }, true);
}

/** The gateway, or the host of the page, is not reachable. */
export function unreachable() {
  return navigator.onLine
    ? new ChatError({ code: 'unreachable', message: errors.general, retryable: true }, true)
    : new ChatError({ code: 'offline', message: errors.offline, retryable: true });
}

/**
 * The stream ended before its last event.
 * @returns {ErrorInfo}
 */
export function disconnectedProblem() {
  return { code: 'broken_off', message: errors.general, retryable: true };
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
