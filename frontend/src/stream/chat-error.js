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

/** An answer failed; `info` says why. */
export class ChatError extends Error {
  /** @param {ErrorInfo} info */
  constructor(info) {
    super(info.message);
    this.info = info;
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
  const info = parseErrorInfo(body?.error) ?? byStatus[status] ?? unknown;
  return new ChatError({ requestId, retryAfter, ...info });
}

/**
 * The cause of a failed request. The browser hides it, but a gateway that answers a `no-cors`
 * request is reachable, so that it must have rejected this origin.
 * @param {string} gatewayUrl
 * @returns {Promise<ChatError>}
 */
export async function networkError(gatewayUrl) {
  try {
    await fetch(`${gatewayUrl}/health`, { mode: 'no-cors', cache: 'no-store' });
  } catch {
    return unreachable();
  }
  const message = errors.originNotAllowed;
  return new ChatError({ code: 'origin_not_allowed', message, retryable: true });
}

/** The gateway, or the host of the page, is not reachable. */
export function unreachable() {
  return navigator.onLine
    ? new ChatError({ code: 'unreachable', message: errors.general, retryable: true })
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
