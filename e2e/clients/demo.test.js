import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { startGateway } from '../support/gateway.js';

/** @import { Gateway } from '../support/gateway.js' */

const PAGE_TOKEN = 'the-public-token-of-the-page';

describe('the demo as a provider for programs', () => {
  /** @type {Gateway} */
  let gateway;
  before(async () => {
    gateway = await startGateway({ OPENAI_API_KEY: 'demo', GATEWAY_TOKEN: PAGE_TOKEN });
  });
  after(() => gateway?.stop());

  /** @param {string} apiKey */
  const client = apiKey =>
    new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey, maxRetries: 0, timeout: 60_000 });

  test('dev-token opens its routes', async () => {
    const response = await client('dev-token').responses.create({ input: 'Say hello' });
    assert.equal(response.status, 'completed');
    assert.equal(response.model, 'demo');
    assert.match(response.output_text, /./);
    assert.match(await gateway.waitForLog(/completed/), /default/);
  });

  test('the token of the page opens the list of models only', async () => {
    assert.equal((await client(PAGE_TOKEN).models.list()).data[0]?.id, 'demo');
    await assert.rejects(
      client(PAGE_TOKEN).responses.create({ input: 'Say hello' }),
      OpenAI.AuthenticationError,
    );
  });
});
