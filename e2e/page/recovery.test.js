import assert from 'node:assert/strict';
import {
  installClock,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const WAKING = 'The chat service is waking up…';
const UNREACHABLE = 'The chat service cannot be reached. Please try again in a moment.';

pageTest('a gateway that wakes up gets the question once', async ({ page, gateway }) => {
  await installClock(page);
  const host = await sleepingHost(page);
  const announcements = await recordAnnouncements(page);
  await sendMessage(page, 'Hello');
  await lastAnswer(page).getByText(WAKING).waitFor();
  await announcements.waitFor('The chat service is waking up');
  assert.equal(gateway.exchanges.length, 0);
  host.awake = true;
  await page.clock.fastForward(1000);
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Hi');
  exchange.complete();
  await page.locator('[data-status=complete]').getByText('Hi', { exact: true }).waitFor();
  assert.equal(await page.getByText(WAKING).isVisible(), false);
  assert.equal(gateway.exchanges.length, 1);
  assert.equal(host.questions, 1);
});

pageTest('a gateway that stays asleep is not reachable, and Retry asks', async fixtures => {
  const { page, gateway } = fixtures;
  await installClock(page);
  const host = await sleepingHost(page);
  await sendMessage(page, 'Hello');
  for (const [delay, checks] of [
    [1000, 2],
    [2000, 3],
    [4000, 4],
  ]) {
    await lastAnswer(page).getByText(WAKING).waitFor();
    await page.clock.fastForward(delay);
    await host.checked(checks);
  }
  assert.equal(await lastAnswer(page).getByRole('alert').textContent(), UNREACHABLE);
  assert.equal(host.questions, 1);
  host.awake = true;
  await lastAnswer(page).getByRole('button', { name: 'Retry' }).click();
  await gateway.nextExchange();
});

pageTest('Stop ends the wait for a gateway that wakes up', async ({ page, gateway }) => {
  await installClock(page);
  const host = await sleepingHost(page);
  await sendMessage(page, 'Hello');
  await lastAnswer(page).getByText(WAKING).waitFor();
  await page.locator('#send').click();
  await page.locator('[data-status=stopped]').waitFor();
  host.awake = true;
  await page.clock.fastForward(7000);
  await lastAnswer(page).getByRole('button', { name: 'Retry' }).waitFor();
  assert.equal(gateway.exchanges.length, 0);
});

pageTest('a lost request to a gateway that runs is not sent again', async ({ page, gateway }) => {
  await page.route('**/v1/chat', route => route.abort(), { times: 1 });
  await sendMessage(page, 'Hello');
  assert.equal(await lastAnswer(page).getByRole('alert').textContent(), UNREACHABLE);
  assert.equal(gateway.exchanges.length, 0);
  await lastAnswer(page).getByRole('button', { name: 'Retry' }).click();
  await gateway.nextExchange();
});

for (const [code, retryable, message, buttons] of /** @type {const} */ ([
  ['provider_error', true, 'Something went wrong. Please try again.', ['Retry']],
  [
    'provider_error',
    false,
    'The model’s provider refuses the account or the settings of this chat service. Only its operator can change that.',
    [],
  ],
  ['not_found', false, 'This page and the chat service do not match. Please reload the page.', []],
]))
  pageTest(`${code} offers ${buttons[0] ?? 'no Retry'} and says why`, async fixtures => {
    const { page, gateway } = fixtures;
    await sendMessage(page, 'Hello');
    const wire = { code, message: 'Something went wrong. Please try again.', retryable };
    (await gateway.nextExchange()).sendErrorResponse(502, wire);
    assert.equal(await lastAnswer(page).getByRole('alert').textContent(), message);
    assert.deepEqual(await lastAnswer(page).locator('.button').allTextContents(), buttons);
  });

for (const [reason, note] of /** @type {const} */ ([
  ['no_output', 'The model answered without any text.'],
  ['cancelled', 'The provider cancelled the answer.'],
  ['other', 'The provider ended the answer early.'],
  ['content_filter', 'The provider’s content filter ended the answer.'],
]))
  pageTest(`an empty answer says so: ${reason}`, async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    const exchange = await gateway.nextExchange();
    exchange.start();
    exchange.incomplete(reason);
    await lastAnswer(page).getByText(note).waitFor();
    assert.equal(await lastAnswer(page).getAttribute('data-status'), 'complete');
    await lastAnswer(page).getByRole('button', { name: 'Retry' }).click();
    await gateway.nextExchange();
  });

pageTest('an empty answer that counts as complete says so too', async ({ page, gateway }) => {
  await sendMessage(page, 'Hello');
  const exchange = await gateway.nextExchange();
  exchange.start();
  exchange.complete();
  await lastAnswer(page).getByText('The model answered without any text.').waitFor();
});

/**
 * A host that answers in place of the gateway until it is awake.
 * @param {Page} page
 */
async function sleepingHost(page) {
  let checks = 0;
  const host = {
    awake: false,
    questions: 0,
    /** Waits until /health was asked so often. @param {number} count */
    checked: async count => {
      while (checks < count) await new Promise(resolve => setImmediate(resolve));
    },
  };
  await page.route(/\/(?:health|v1\/chat)$/, route => {
    if (host.awake) return route.continue();
    if (route.request().method() === 'POST') host.questions++;
    else checks++;
    return route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' });
  });
  return host;
}
