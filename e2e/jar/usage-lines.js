import assert from 'node:assert/strict';

/** @import { Gateway } from '../support/gateway.js' */

/**
 * The usage lines of the log.
 * @param {Gateway} gateway
 * @returns {Record<string, string>[]}
 */
export function usageLines(gateway) {
  return gateway
    .output()
    .split('\n')
    .filter(line => line.startsWith('{') && line.endsWith('}'))
    .map(line => JSON.parse(line))
    .filter(({ message }) => message === 'chat');
}

/**
 * The only usage line of a request; waits for it.
 * @param {Gateway} gateway
 * @param {string} id  of the request
 */
export async function usageLine(gateway, id) {
  await gateway.waitForLog(
    new RegExp(`"message":"chat".*"request_id":"${id}"|"request_id":"${id}".*"message":"chat"`),
  );
  const lines = usageLines(gateway).filter(line => line.request_id === id);
  assert.equal(lines.length, 1, `usage lines of ${id}`);
  return lines[0];
}

/**
 * How many answers the metrics count for a provider, and their output tokens.
 * @param {Gateway} gateway
 * @param {string} provider
 */
export async function chatMetrics(gateway, provider) {
  const text = await (await fetch(`${gateway.management}/actuator/prometheus`)).text();
  return {
    count: sum('gen_ai_client_operation_duration_seconds_count', ''),
    outputTokens: sum('gen_ai_client_token_usage_token_sum', 'gen_ai_token_type="output"'),
  };

  /**
   * @param {string} name
   * @param {string} tag
   */
  function sum(name, tag) {
    return text
      .split('\n')
      .filter(line => line.startsWith(`${name}{`) && line.includes(tag))
      .filter(line => line.includes(`gen_ai_provider_name="${provider}"`))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
  }
}
