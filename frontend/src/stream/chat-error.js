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
 * @property {string[]} [refused]  the attachments that the provider or the gateway does not take
 */

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

/** The gateway, or the host of the page, is not reachable. */
export function unreachable() {
  return navigator.onLine
    ? new ChatError({ code: 'unreachable', message: errors.general, retryable: true }, true)
    : new ChatError({ code: 'offline', message: errors.offline, retryable: true });
}

/**
 * A module of this page could not be loaded. Its host can have another release by now.
 * @returns {never}
 */
export function notLoaded() {
  if (!navigator.onLine) throw unreachable();
  throw new ChatError({ code: 'not_found', message: errors.general, retryable: true });
}

/**
 * The stream ended before its last event.
 * @returns {ErrorInfo}
 */
export function disconnectedProblem() {
  return { code: 'broken_off', message: errors.general, retryable: true };
}
