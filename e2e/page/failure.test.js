import assert from 'node:assert/strict';
import { answer, ask, pageTest } from '../support/chat-page.js';

const rateLimited = 'Too many requests. Please wait a moment and try again.';
const generic = 'Something went wrong. Please try again.';
const refusals = /** @type {const} */ ([
  [401, 'unauthorized', 'Cannot reach the chat service (authorisation required).'],
  [403, 'origin_not_allowed', 'This environment is not authorised to use the chat service.'],
  [413, 'payload_too_large', 'This conversation is too long. Please start a new one.'],
  [429, 'rate_limited', rateLimited],
  [500, 'internal', generic],
  [502, 'provider_error', generic],
  [503, 'overloaded', 'The chat service is busy. Please try again in a moment.'],
  [504, 'timeout', 'The model is taking too long—please try again.'],
]);

for (const [status, code, message] of refusals) {
  pageTest(`${code} is told in the turn, and another try succeeds`, async ({ page, gateway }) => {
    await ask(page, 'Hello');
    const question = await gateway.asked();
    question.refuse(status, { code, message, retryable: true, request_id: 'request-1' });
    assert.equal(await answer(page).getByRole('alert').textContent(), message);
    assert.equal(await answer(page).getAttribute('data-status'), 'failed');

    await answer(page).getByRole('button', { name: 'Retry' }).click();
    const again = await gateway.asked();
    assert.deepEqual(again.body, question.body);
    again.say('Hi');
    again.complete();
    await page.locator('[data-status=complete]').getByText('Hi', { exact: true }).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  });
}

pageTest('an error in mid-stream keeps what was written', async ({ page, gateway }) => {
  await ask(page, 'Hello');
  const question = await gateway.asked();
  question.say('Half an ');
  question.fail('timeout', 'The model is taking too long—please try again.');
  await answer(page).getByRole('alert').waitFor();
  assert.equal(await answer(page).locator('.turn-text').textContent(), 'Half an ');
});

for (const how of /** @type {const} */ (['cut', 'end'])) {
  pageTest(
    `a stream that is ${how} before its last event has failed`,
    async ({ page, gateway }) => {
      await ask(page, 'Hello');
      const question = await gateway.asked();
      question.say('Half');
      await answer(page).getByText('Half').waitFor();
      question[how]();
      assert.equal(await answer(page).getByRole('alert').textContent(), generic);
    },
  );
}

pageTest('an answer at its length limit is kept and says so', async ({ page, gateway }) => {
  await ask(page, 'Hello');
  const question = await gateway.asked();
  question.say('Half');
  question.incomplete('max_output_tokens');
  await answer(page).getByText('The answer reached its length limit.').waitFor();
  assert.equal(await answer(page).getAttribute('data-status'), 'complete');
});

pageTest('a time to wait is counted down before another try', async ({ page, gateway }) => {
  await ask(page, 'Hello');
  const error = { code: 'rate_limited', message: rateLimited, retryable: true };
  (await gateway.asked()).refuse(429, error, { 'Retry-After': '2' });
  const retry = answer(page).getByRole('button', { name: /^Retry/ });
  await retry.click({ force: true });
  assert.match((await retry.textContent()) ?? '', /^Retry in [12] s$/);
  assert.equal(gateway.questions.length, 1);
  await answer(page).getByRole('button', { name: 'Retry', exact: true }).click();
  await gateway.asked();
});

pageTest(
  'without a network the question is kept, also over a reload',
  async ({ page, gateway }) => {
    await page.route('**/health', route => route.abort());
    await page.route('**/v1/chat', async route => {
      await page.context().setOffline(true);
      await route.abort();
    });
    await ask(page, 'Is anyone there?');
    await answer(page).getByText('You are offline.').waitFor();

    await page.context().setOffline(false);
    await page.unroute('**/v1/chat');
    await page.reload();
    await page.getByText('Is anyone there?').first().waitFor();
    await answer(page).getByRole('button', { name: 'Retry' }).click();
    (await gateway.asked()).say('Yes');
    await answer(page).getByText('Yes').waitFor();
  },
);

pageTest('while there is no network nothing is sent or lost', async ({ page, gateway }) => {
  const banner = page.locator('#offline');
  const send = page.getByRole('button', { name: 'Send' });
  await page.context().setOffline(true);
  await banner.waitFor();
  await ask(page, 'Later');
  await send.click({ force: true });
  assert.equal(await send.getAttribute('aria-disabled'), 'true');
  assert.equal(await page.locator('textarea').inputValue(), 'Later');
  assert.equal(gateway.questions.length, 0);

  await page.context().setOffline(false);
  await banner.waitFor({ state: 'hidden' });
  assert.equal(await send.getAttribute('aria-disabled'), 'false');
  await send.click();
  await gateway.asked();
});

pageTest('an origin that the gateway does not admit is told so', async ({ page }) => {
  await page.route('**/v1/chat', route => route.abort());
  await ask(page, 'Hello');
  const told = await answer(page).getByRole('alert').textContent();
  assert.equal(told, 'This environment is not authorised to use the chat service.');
});

for (const [code, message, offered] of /** @type {const} */ ([
  ['context_too_long', refusals[2][2], ['New chat']],
  ['unauthorized', refusals[0][2], []],
])) {
  pageTest(`${code} offers no Retry, which could not help`, async ({ page, gateway }) => {
    await ask(page, 'Hello');
    (await gateway.asked()).refuse(400, { code, message, retryable: false });
    const turn = answer(page);
    assert.equal(await turn.getByRole('alert').textContent(), message);
    assert.deepEqual(await turn.locator('.button').allTextContents(), offered);
    if (offered.length === 0) return;
    await turn.getByRole('link', { name: 'New chat' }).click();
    await page.getByText('What can I help with?').waitFor();
  });
}

pageTest(
  'the request id of an error can be copied',
  async ({ page, gateway }) => {
    await ask(page, 'Hello');
    (await gateway.asked()).fail('internal', generic);
    await answer(page).getByRole('button', { name: 'Copy request id' }).click();
    await answer(page).getByRole('button', { name: 'Copied' }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'request-1');
    await answer(page).getByRole('button', { name: 'Copy request id' }).waitFor();
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);
