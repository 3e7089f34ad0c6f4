import { strings } from '../strings/strings.js';
import { Failure } from './failure.js';

const { errors } = strings;

/**
 * Finds out why a request could not be made. A browser hides it from the page, but a gateway that
 * still answers a request whose answer nobody may read is one that does not admit this origin.
 * @param {string} gatewayUrl
 * @returns {Promise<Failure>}
 */
export async function networkError(gatewayUrl) {
  try {
    await fetch(`${gatewayUrl}/health`, { mode: 'no-cors', cache: 'no-store' });
    return failure('origin_not_allowed', errors.originNotAllowed);
  } catch {
    return disconnected();
  }
}

/** @returns {Failure} */
export function disconnected() {
  return navigator.onLine
    ? failure('unreachable', errors.general)
    : failure('offline', errors.offline);
}

/**
 * @param {string} code
 * @param {string} message
 */
function failure(code, message) {
  return new Failure({ code, message, retryable: true });
}
