import assert from 'node:assert/strict';
import {
  completeAnswer,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { HttpExchange } from '../support/http-exchange.js' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

pageTest('Enter during an answer queues the message', async ({ page, gateway }) => {
  const first = await ask(page, gateway);
  const announcements = await recordAnnouncements(page);
  await sendMessage(page, 'Second');
  await waiting(page).getByText('Second').waitFor();
  await announcements.waitFor('Your message waits for the end of this answer');
  assert.equal(await composer(page).inputValue(), '');
  assert.equal(gateway.exchanges.length, 1);
  await sendMessage(page, 'Third');
  await waiting(page).getByText('Third').waitFor();

  first.sendDelta('One');
  first.complete();
  const second = await gateway.nextExchange();
  assert.deepEqual(contents(second), ['First', 'One', 'Second']);
  await waiting(page).getByText('Second').waitFor({ state: 'detached' });
  second.sendDelta('Two');
  second.complete();
  assert.deepEqual(contents(await gateway.nextExchange()), [
    'First',
    'One',
    'Second',
    'Two',
    'Third',
  ]);
  await waiting(page).waitFor({ state: 'hidden' });
});

for (const [
  what,
  end,
] of /** @type {[string, (exchange: HttpExchange, page: Page) => unknown][]} */ ([
  ['fails', exchange => exchange.sendErrorEvent('timeout', 'Too late')],
  ['is stopped', (_exchange, page) => page.locator('#send').click()],
  ['reaches its length limit', exchange => exchange.incomplete('max_output_tokens')],
]))
  pageTest(`an answer that ${what} gives the queue back`, async ({ page, gateway }) => {
    const first = await ask(page, gateway);
    first.sendDelta('One');
    await sendMessage(page, 'Second');
    await sendMessage(page, 'Third');
    await waiting(page).getByText('Third').waitFor();
    await lastAnswer(page).getByText('One').waitFor();
    await end(first, page);
    await waitForText(page, 'Second\n\nThird');
    await waiting(page).waitFor({ state: 'hidden' });
    assert.equal(gateway.exchanges.length, 1);
    await page.reload();
    await waitForText(page, 'Second\n\nThird');
  });

pageTest(
  'a queued message is not sent below another version than its answer',
  async ({ page, gateway }) => {
    const first = await ask(page, gateway);
    first.sendDelta('One');
    first.complete();
    await page.getByRole('button', { name: 'Regenerate' }).click();
    const second = await gateway.nextExchange();
    second.sendDelta('Two');
    await lastAnswer(page).getByText('Two').waitFor();
    await sendMessage(page, 'And in French');
    await waiting(page).getByText('And in French').waitFor();
    await page.getByRole('button', { name: 'Previous version' }).click();
    await lastAnswer(page).getByText('One').waitFor();
    second.complete();
    await waitForText(page, 'And in French');
    await waiting(page).waitFor({ state: 'hidden' });
    assert.equal(gateway.exchanges.length, 2);
  },
);

pageTest('a queued message is a draft after a reload', async ({ page, gateway }) => {
  await ask(page, gateway);
  await sendMessage(page, 'Second');
  await waiting(page).getByText('Second').waitFor();
  await page.keyboard.type('Third, half writ');
  await page.reload();
  await waitForText(page, 'Second\n\nThird, half writ');
  assert.equal(await waiting(page).count(), 0);
  assert.equal(gateway.exchanges.length, 1);
});

pageTest('a queued message can be edited and removed', async ({ page, gateway }) => {
  const first = await ask(page, gateway);
  await sendMessage(page, 'Second');
  await sendMessage(page, 'Third');
  await page.getByRole('button', { name: 'Remove “Second”' }).click();
  await waiting(page).getByText('Second').waitFor({ state: 'detached' });
  assert.equal(await focused(page), 'message');
  await page.getByRole('button', { name: 'Edit “Third”' }).click();
  await waitForText(page, 'Third');
  assert.equal(await focused(page), 'message');
  await waiting(page).waitFor({ state: 'hidden' });
  await page.keyboard.type(' and last');
  await page.keyboard.press('Enter');
  await waiting(page).getByText('Third and last').waitFor();
  first.sendDelta('One');
  first.complete();
  assert.deepEqual(contents(await gateway.nextExchange()), ['First', 'One', 'Third and last']);
});

pageTest('ArrowUp edits the last queued message', async ({ page, gateway }) => {
  await ask(page, gateway);
  await sendMessage(page, 'Second');
  await waiting(page).getByText('Second').waitFor();
  await page.keyboard.press('ArrowUp');
  await waitForText(page, 'Second');
  assert.equal(await page.getByRole('textbox', { name: 'Edit message' }).count(), 0);
});

pageTest('the palette edits the last queued message', async ({ page, gateway }) => {
  await ask(page, gateway);
  await sendMessage(page, 'Second');
  await waiting(page).getByText('Second').waitFor();
  await page.keyboard.press('Control+KeyK');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('option', { name: 'Edit your last message' }).click();
  await waitForText(page, 'Second');
  assert.equal(await page.getByRole('textbox', { name: 'Edit message' }).count(), 0);
});

pageTest('the queue belongs to its conversation', async ({ page, gateway }) => {
  const first = await ask(page, gateway);
  await sendMessage(page, 'Second');
  await waiting(page).getByText('Second').waitFor();
  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  await waiting(page).waitFor({ state: 'hidden' });
  assert.equal(await composer(page).inputValue(), '');
  first.sendDelta('One');
  first.complete();
  const second = await gateway.nextExchange();
  assert.deepEqual(contents(second), ['First', 'One', 'Second']);
  assert.equal(await page.locator('article').count(), 0);
  await page.getByRole('navigation').getByRole('link', { name: 'First' }).click();
  await page.locator('[data-role=user]').getByText('Second').waitFor();
  assert.equal(await composer(page).inputValue(), '');
});

pageTest('a deleted conversation gives its queue back with Undo', async ({ page, gateway }) => {
  await ask(page, gateway);
  await sendMessage(page, 'Second');
  await waiting(page).getByText('Second').waitFor();
  await page.getByRole('button', { name: 'More for “First”' }).press('Enter');
  await page.getByRole('button', { name: 'Delete' }).press('Enter');
  await page.getByText('What can I help with?').waitFor();
  await waitForText(page, '');
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await page.locator('[data-role=user]').getByText('First').waitFor();
  await waitForText(page, 'Second');
  assert.equal(gateway.exchanges.length, 1);
});

pageTest('a message right after Stop follows the stopped answer', async ({ page, gateway }) => {
  const first = await ask(page, gateway);
  first.sendDelta('One');
  await lastAnswer(page).getByText('One').waitFor();
  await composer(page).fill('Second');
  await page.evaluate(() => {
    const init = { bubbles: true, cancelable: true };
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', ...init }));
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ...init }));
  });
  assert.deepEqual(contents(await gateway.nextExchange()), ['First', 'One', 'Second']);
  await page.reload();
  await page.locator('[data-role=user]').getByText('Second').waitFor();
  assert.deepEqual(await page.locator('[data-role=user] .turn-text').allTextContents(), [
    'First',
    'Second',
  ]);
});

pageTest(
  'on a touch screen a button queues the message',
  async ({ page, gateway }) => {
    await composer(page).fill('First');
    await page.locator('#send').tap();
    const first = await gateway.nextExchange();
    const button = page.getByRole('button', { name: 'Send after this answer' });
    assert.equal(await button.count(), 0);
    await composer(page).fill('Second');
    const { width, height } = (await button.boundingBox()) ?? {};
    assert.deepEqual([width, height], [44, 44]);
    assert.equal(await page.getByRole('button', { name: 'Stop' }).count(), 1);
    await button.tap();
    await waiting(page).getByText('Second').waitFor();
    assert.equal(await button.count(), 0);
    first.sendDelta('One');
    first.complete();
    assert.deepEqual(contents(await gateway.nextExchange()), ['First', 'One', 'Second']);
  },
  PHONE,
);

pageTest('the hint says what Enter does', async ({ page, gateway }) => {
  const hint = () => page.locator('#hint').textContent();
  assert.match((await hint()) ?? '', /^Enter to send ·/);
  await sendMessage(page, 'First');
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  assert.match((await hint()) ?? '', /^Enter to send after this answer ·/);
  await completeAnswer(page, gateway, 'One');
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
  assert.match((await hint()) ?? '', /^Enter to send ·/);
});

/**
 * @param {Page} page
 * @param {ScriptedGateway} gateway
 */
async function ask(page, gateway) {
  await sendMessage(page, 'First');
  return gateway.nextExchange();
}

/** @param {Page} page */
function composer(page) {
  return page.locator('textarea[name=message]');
}

/** @param {Page} page */
function waiting(page) {
  return page.locator('#waiting');
}

/** @param {HttpExchange} exchange */
function contents({ body }) {
  return body.messages.map((/** @type {{ content: string }} */ { content }) => content);
}

/**
 * @param {Page} page
 * @param {string} text
 */
function waitForText(page, text) {
  return page.waitForFunction(
    expected => document.querySelector('textarea')?.value === expected,
    text,
  );
}

/** @param {Page} page */
function focused(page) {
  return page.evaluate(() => document.activeElement?.getAttribute('name'));
}
