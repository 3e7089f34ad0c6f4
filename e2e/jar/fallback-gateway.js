import { startGateway } from '../support/gateway.js';
import { CLIENT_SETTINGS } from './answer-clients.js';

/** @import { Settings } from '../support/gateway.js' */
/** @import { FailingProvider, ProviderCall } from './failing-provider.js' */

export const PRIMARY = 'primary-model';
export const OTHER_MODEL = 'other-model';
export const FALLBACK = 'fallback-model';
export const PRIMARY_KEY = 'canary-key-of-the-provider';
export const FALLBACK_KEY = 'canary-key-of-the-fallback';
export const USAGE = { input_tokens: 13, output_tokens: 60, total_tokens: 73 };
export const FIRST_OUTPUT_MS = 5_000; // longer than all attempts of a provider that refuses at once

export const BREAKER = 'resilience4j.circuitbreaker.configs.default';
/** For requests that fail at the same time, and must not open the breaker for each other. */
export const RARELY_OPEN = [
  `--${BREAKER}.sliding-window-size=1000`,
  `--${BREAKER}.minimum-number-of-calls=1000`,
];

/**
 * Starts a gateway with two providers.
 * @param {FailingProvider} primary
 * @param {FailingProvider} fallback
 * @param {Settings} [settings]
 * @param {string[]} [options]
 * @param {string[]} [jvmOptions]
 */
export function startWithFallback(primary, fallback, settings = {}, options = [], jvmOptions = []) {
  return startGateway(
    {
      ...CLIENT_SETTINGS,
      OPENAI_API_KEY: PRIMARY_KEY,
      OPENAI_API_BASE: primary.base,
      MODELS: `${PRIMARY},${OTHER_MODEL}=Other`,
      FALLBACK_API_KEY: FALLBACK_KEY,
      FALLBACK_API_BASE: fallback.base,
      FALLBACK_MODEL_ID: FALLBACK,
      FIRST_OUTPUT_TIMEOUT: `${FIRST_OUTPUT_MS}ms`,
      ...settings,
    },
    options,
    jvmOptions,
  );
}

/**
 * A script: the connection is cut after some words.
 * @param {number} words
 */
export function cutAfter(words) {
  return (/** @type {ProviderCall} */ call) => {
    call.sendText(words);
    return call.cut();
  };
}
