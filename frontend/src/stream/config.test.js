import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from './chat-error.js';
import { config } from './config.js';

test('what a proxy says in place of the configuration is not kept', async () => {
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
  const own = { gatewayUrl: '', gatewayToken: 'token' };
  const responses = [
    Response.json({ status: 'error', code: 502 }, { status: 502 }),
    Response.json(own),
  ];
  globalThis.fetch = async () => /** @type {Response} */ (responses.shift());
  const read = config();
  await assert.rejects(read, cause => cause instanceof ChatError && cause.isFromHost);
  assert.deepEqual(await read(), own);
});
