import assert from 'node:assert/strict';
import {
  completeAnswer,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const NOT_LOADED = 'A part of this page could not be loaded.';
const TRANSCRIPT = '**/assets/transcript-*.js';

pageTest('an empty page loads no transcript until the first character', async ({ page }) => {
  await page.locator('#conversation-list').waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  assert.equal((await scripts(page)).filter(isTranscript).length, 0);
  assert.equal(await page.locator('link[rel=modulepreload]').count(), 0);

  const request = page.waitForRequest(TRANSCRIPT);
  await page.locator('textarea[name=message]').press('a');
  await request;
});

for (const [sign, act] of /** @type {[string, (page: Page) => Promise<unknown>][]} */ ([
  ['a suggestion', page => page.locator('#suggestions button').first().click()],
  ['the pointer on the list', page => page.locator('#conversation-list a').hover()],
  ['the focus in the list', page => page.locator('#conversation-list a').focus()],
  ['the palette', page => page.keyboard.press('Control+k')],
])) {
  pageTest(`${sign} loads the transcript`, async ({ page, gateway }) => {
    await sendMessage(page, 'Which rivers are long?');
    await completeAnswer(page, gateway, 'The Nile');
    await page.goto('about:blank');
    await page.goto('/');
    await page.locator('#conversation-list a').waitFor();
    assert.equal((await scripts(page)).filter(isTranscript).length, 0);
    const request = page.waitForRequest(TRANSCRIPT);
    await act(page);
    await request;
  });
}

pageTest('a transcript that cannot be loaded loses no answer', async ({ page, gateway }) => {
  const announcements = await recordAnnouncements(page);
  await page.route(TRANSCRIPT, route => route.abort());
  await sendMessage(page, 'Which rivers are long?');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('The *Nile*');
  exchange.complete();
  await page.getByText(NOT_LOADED).waitFor();
  await page.getByRole('button', { name: 'Reload' }).waitFor();
  assert.equal(await page.title(), 'Which rivers are long? – Minimal Chatbot');

  await page.unroute(TRANSCRIPT);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await lastAnswer(page).locator('em', { hasText: 'Nile' }).waitFor();
  assert.equal(await page.getByText(NOT_LOADED).isVisible(), false);
  await announcements.waitFor('The Nile');
  await page.keyboard.press('ArrowUp');
  await page.locator('textarea[name=edit]').waitFor();
});

pageTest('an answer streams into a transcript that arrives late', async ({ page, gateway }) => {
  /** @type {() => void} */
  let arrive = () => {};
  const arrival = new Promise(resolve => {
    arrive = () => resolve(undefined);
  });
  await page.route(TRANSCRIPT, route => arrival.then(() => route.continue()));
  await sendMessage(page, 'Which rivers are long?');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('The Nile');
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await page.keyboard.press('ArrowUp'); // edits the question as soon as it is there
  arrive();
  await lastAnswer(page).getByText('The Nile').waitFor();
  await page.locator('textarea[name=edit]').waitFor();
  const question = await page.locator('article[data-role=user]').boundingBox();
  const thread = await page.locator('#thread').boundingBox();
  assert.ok(question && thread && question.y - thread.y < 20);
  exchange.sendDelta(' and the Amazon');
  exchange.complete();
  await page.locator('[data-status=complete]').getByText('The Nile and the Amazon').waitFor();
});

pageTest('a part that was not loaded is loaded by its next use', async ({ page }) => {
  await page.route('**/assets/palette-*.js', route => route.abort());
  await page.keyboard.press('Control+k');
  await page.getByText(NOT_LOADED).waitFor();
  await page.unroute('**/assets/palette-*.js');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
});

pageTest('nothing is deleted without the part that undoes it', async ({ page, gateway }) => {
  await sendMessage(page, 'Which rivers are long?');
  await completeAnswer(page, gateway, 'The Nile');
  const undo = '**/assets/offer-undo-*.js';
  await page.route(undo, route => route.abort());
  await page.getByRole('button', { name: /^More for/ }).press('Enter');
  await page.getByRole('button', { name: 'Delete' }).press('Enter');
  await page.getByText(NOT_LOADED).waitFor();
  assert.equal(await page.locator('#conversation-list a').count(), 1);

  await page.unroute(undo);
  await page.getByRole('button', { name: 'Delete' }).press('Enter');
  await page.locator('#conversation-list a').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await lastAnswer(page).getByText('The Nile').waitFor();
});

pageTest(
  'a message that waits is shown as soon as its part is loaded',
  async ({ page, gateway }) => {
    const waiting = '**/assets/waiting-list-*.js';
    await page.route(waiting, route => route.abort());
    await sendMessage(page, 'Which rivers are long?');
    (await gateway.nextExchange()).sendDelta('The Nile');
    await sendMessage(page, 'And which are wide?');
    await page.getByText(NOT_LOADED).waitFor();

    await page.unroute(waiting);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.locator('#waiting').getByText('And which are wide?').waitFor();
  },
);

pageTest('the list is loaded as soon as it can be', async ({ page, gateway }) => {
  await sendMessage(page, 'Which rivers are long?');
  await completeAnswer(page, gateway, 'The Nile');
  const list = '**/assets/conversation-list-*.js';
  await page.route(list, route => route.abort());
  await page.reload();
  await page.getByText(NOT_LOADED).waitFor();
  await page.unroute(list);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.locator('#conversation-list a').waitFor();
  assert.equal(await page.getByText(NOT_LOADED).isVisible(), false);
});

/** @param {Page} page */
function scripts(page) {
  return page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
}

/** @param {string} url */
function isTranscript(url) {
  return url.includes('/transcript-');
}
