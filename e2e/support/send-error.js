/** @import { ServerResponse } from 'node:http' */

/** @type {Record<string, string>} */
const MESSAGES = {
  access_code_required: 'Please enter the access code.',
  model_not_found: 'This model is not available. Please choose another.',
};

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {string} code
 * @param {Record<string, string>} [headers]
 * @returns {false}
 */
export function sendError(response, status, code, headers = {}) {
  const message = MESSAGES[code] ?? 'Something went wrong. Please try again.';
  const error = { code, message, retryable: status >= 429, request_id: 'request-1' };
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify({ error }));
  return false;
}
