import assert from 'node:assert/strict';
import {
  completeAnswer,
  installClock,
  lastAnswer,
  pageTest,
  sendMessage,
} from '../support/chat-page.js';

const RATE_LIMITED = 'Too many requests. Please wait a moment and try again.';
const GENERAL = 'Something went wrong. Please try again.';
const BROKEN_OFF = 'The connection was lost before the answer was complete.';
const ERRORS = /** @type {const} */ ([
  [401, 'unauthorized', 'Cannot reach the chat service (authorisation required).'],
  [403, 'origin_not_allowed', 'This environment is not authorised to use the chat service.'],
  [413, 'payload_too_large', 'This conversation is too long. Please start a new one.'],
  [429, 'rate_limited', RATE_LIMITED],
  [500, 'internal', GENERAL],
  [502, 'provider_error', GENERAL],
  [503, 'overloaded', 'The chat service is busy. Please try again in a moment.'],
  [504, 'timeout', 'The model is taking too long—please try again.'],
]);

for (const [status, code, message] of ERRORS) {
  pageTest(
    `${code} shows its message in the turn, and Retry succeeds`,
    async ({ page, gateway }) => {
      await sendMessage(page, 'Hello');
      const exchange = await gateway.nextExchange();
      exchange.sendErrorResponse(status, {
        code,
        message,
        retryable: true,
        request_id: 'request-1',
      });
      assert.equal(await lastAnswer(page).getByRole('alert').textContent(), message);
      assert.equal(await lastAnswer(page).getAttribute('data-status'), 'failed');

      await lastAnswer(page).getByRole('button', { name: 'Retry' }).click();
      const retried = await gateway.nextExchange();
      assert.deepEqual(retried.body, exchange.body);
      retried.sendDelta('Hi');
      retried.complete();
      await page.locator('[data-status=complete]').getByText('Hi', { exact: true }).waitFor();
      assert.equal(await page.getByRole('alert').count(), 0);
    },
  );
}

pageTest('an error during an answer keeps its text', async ({ page, gateway }) => {
  await sendMessage(page, 'Hello');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Half an ');
  exchange.sendErrorEvent('timeout', 'The model is taking too long—please try again.');
  await lastAnswer(page).getByRole('alert').waitFor();
  assert.equal(await lastAnswer(page).locator('.turn-text').textContent(), 'Half an ');
});

for (const [end, method] of /** @type {const} */ ([
  ['a disconnect', 'disconnect'],
  ['the end of the stream', 'end'],
])) {
  pageTest(`${end} before a terminal event is a failure`, async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('Half');
    await lastAnswer(page).getByText('Half').waitFor();
    exchange[method]();
    assert.equal(await lastAnswer(page).getByRole('alert').textContent(), BROKEN_OFF);
  });
}

pageTest(
  'an answer at its length limit is complete and names the limit',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('Half');
    exchange.incomplete('max_output_tokens');
    await lastAnswer(page).getByText('The answer reached its length limit.').waitFor();
    assert.equal(await lastAnswer(page).getAttribute('data-status'), 'complete');
  },
);

pageTest(
  'Retry counts down Retry-After and sends nothing before its end',
  async ({ page, gateway }) => {
    await installClock(page);
    await sendMessage(page, 'Hello');
    const error = { code: 'rate_limited', message: RATE_LIMITED, retryable: true };
    (await gateway.nextExchange()).sendErrorResponse(429, error, { 'Retry-After': '60' });
    const retry = lastAnswer(page).getByRole('button', { name: /^Retry/ });
    await retry.click({ force: true });
    assert.match((await retry.textContent()) ?? '', /^Retry in (60|[1-5]?\d) s$/);
    assert.equal(gateway.exchanges.length, 1);
    await page.clock.fastForward(60_000);
    await lastAnswer(page).getByRole('button', { name: 'Retry', exact: true }).click();
    await gateway.nextExchange();
  },
);

pageTest('a message that failed offline survives a reload', async ({ page, gateway }) => {
  await page.route('**/health', route => route.abort());
  await page.route('**/v1/chat', async route => {
    await page.context().setOffline(true);
    await route.abort();
  });
  await sendMessage(page, 'Are you there?');
  await lastAnswer(page).getByText('You are offline.').waitFor();

  await page.context().setOffline(false);
  await page.unroute('**/v1/chat');
  await page.reload();
  await page.getByText('Are you there?').first().waitFor();
  await lastAnswer(page).getByRole('button', { name: 'Retry' }).click();
  (await gateway.nextExchange()).sendDelta('Yes');
  await lastAnswer(page).getByText('Yes').waitFor();
});

pageTest(
  'the composer sends nothing while offline and keeps the draft',
  async ({ page, gateway }) => {
    const banner = page.locator('#offline');
    const send = page.getByRole('button', { name: 'Send' });
    await page.context().setOffline(true);
    await banner.waitFor();
    await sendMessage(page, 'Later');
    await send.click({ force: true });
    assert.equal(await send.getAttribute('aria-disabled'), 'true');
    assert.equal(await page.locator('textarea').inputValue(), 'Later');
    assert.equal(gateway.exchanges.length, 0);

    await page.context().setOffline(false);
    await banner.waitFor({ state: 'hidden' });
    assert.equal(await send.getAttribute('aria-disabled'), 'false');
    await send.click();
    await gateway.nextExchange();
  },
);

pageTest('a gateway on this computer needs no network', async ({ page, gateway }) => {
  const banner = page.locator('#offline');
  await page.clock.install();
  await page.addInitScript(() => Object.defineProperty(navigator, 'onLine', { value: false }));
  await page.route('**/health', route => route.abort());
  await page.reload();
  await banner.waitFor();
  await page.unroute('**/health');
  await page.clock.runFor(5000);
  await banner.waitFor({ state: 'hidden' });
  await sendMessage(page, 'Are you there?');
  await completeAnswer(page, gateway, 'Yes');

  await page.reload();
  await lastAnswer(page).getByText('Yes').waitFor();
  await sendMessage(page, 'Still?');
  await completeAnswer(page, gateway, 'Always');
  assert.equal(await banner.isVisible(), false);
});

pageTest('a rejected origin shows that it is not authorised', async ({ page, gateway }) => {
  const config = { gatewayUrl: gateway.url, gatewayToken: 'scripted-token' };
  await page.route('**/config.json', route => route.fulfill({ json: config }));
  await page.route('**/v1/chat', route => route.abort());
  await page.reload();
  await sendMessage(page, 'Hello');
  const alert = await lastAnswer(page).getByRole('alert').textContent();
  assert.equal(alert, 'This environment is not authorised to use the chat service.');
  assert.equal(await lastAnswer(page).getByRole('button', { name: 'Retry' }).count(), 0);
});

for (const [code, message, buttons] of /** @type {const} */ ([
  ['context_too_long', ERRORS[2][2], ['New chat']],
  ['unauthorized', ERRORS[0][2], []],
])) {
  pageTest(`${code} offers no Retry`, async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    (await gateway.nextExchange()).sendErrorResponse(400, { code, message, retryable: false });
    const turn = lastAnswer(page);
    assert.equal(await turn.getByRole('alert').textContent(), message);
    assert.deepEqual(await turn.locator('.button').allTextContents(), buttons);
    if (buttons.length === 0) return;
    await turn.getByRole('link', { name: 'New chat' }).click();
    await page.getByText('What can I help with?').waitFor();
  });
}

pageTest(
  'Copy request id copies the id of an error',
  async ({ page, gateway }) => {
    await installClock(page);
    await sendMessage(page, 'Hello');
    (await gateway.nextExchange()).sendErrorEvent('internal', GENERAL);
    await lastAnswer(page).getByRole('button', { name: 'Copy request id' }).waitFor();
    await page.clock.pauseAt(Date.now() + 1000); // keeps the confirmation
    await lastAnswer(page).getByRole('button', { name: 'Copy request id' }).click();
    await lastAnswer(page).getByRole('button', { name: 'Copied' }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'request-1');
    await page.clock.resume();
    await lastAnswer(page).getByRole('button', { name: 'Copy request id' }).waitFor();
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);
