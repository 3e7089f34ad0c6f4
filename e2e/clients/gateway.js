import { after, before } from 'node:test';
import { startGateway } from '../support/gateway.js';
import { provider } from './provider.js';

/** @import { Gateway } from '../support/gateway.js' */
/** @typedef {Awaited<ReturnType<typeof provider>>} Provider */

export const MODEL = 'test-model';
export const TOKEN = 'a-secret-token-of-a-program';
export const MAX_OUTPUT_TOKENS = 500;
const TIMEOUT_MS = 30_000; // only a failing test waits that long

/** The function that the tests offer to the model. */
export const WEATHER = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

/** Starts a gateway with a scripted provider for the tests of one file. */
export function gatewayForClients() {
  const state = /** @type {{ gateway: Gateway, provider: Provider, baseURL: string }} */ ({});
  before(async () => {
    state.provider = await provider();
    state.gateway = await startGateway({
      GATEWAY_TOKEN: 'the-public-token-of-the-page',
      API_TOKENS: `tests:${TOKEN}`,
      OPENAI_API_KEY: 'provider-key',
      OPENAI_API_BASE: state.provider.base,
      MODELS: `${MODEL}=Test`,
      MAX_OUTPUT_TOKENS: `${MAX_OUTPUT_TOKENS}`,
      VISION: 'true',
      SERVE_PAGE: 'false',
    });
    state.baseURL = `${state.gateway.url}/v1`;
  });
  after(async () => {
    await state.gateway?.stop();
    await state.provider?.close();
  });
  return state;
}

/**
 * Waits until the provider's connection is closed.
 * @param {Provider} provider
 */
export async function closes(provider) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('the provider still writes')), TIMEOUT_MS);
  });
  await Promise.race([provider.lastCall().closed, late]);
  clearTimeout(timer);
}
