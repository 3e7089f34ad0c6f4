import assert from 'node:assert/strict';
import { completeAnswer, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest('two tabs show the same conversation', async ({ page, gateway }) => {
  const other = await openTab(page);
  await sendMessage(page, 'Green tea');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Two');
  await conversationLink(other, 'Green tea').click();
  await lastAnswer(other).getByText('Two', { exact: true }).waitFor();
  assert.equal(await lastAnswer(other).getAttribute('data-status'), 'streaming');
  exchange.sendDelta(' minutes.');
  await lastAnswer(other).getByText('Two minutes.').waitFor();
  exchange.complete();
  await other.locator('[data-status=complete]').waitFor();

  await sendMessage(page, 'Black tea');
  await completeAnswer(page, gateway, 'Four minutes.');
  await other.locator('[data-status=complete]').getByText('Four minutes.').waitFor();
  await sendMessage(other, 'White tea');
  const { body } = await completeAnswer(other, gateway, 'Six minutes.');
  assert.deepEqual(
    body.messages.map((/** @type {{ content: string }} */ { content }) => content),
    ['Green tea', 'Two minutes.', 'Black tea', 'Four minutes.', 'White tea'],
  );
  await lastAnswer(page).getByText('Six minutes.').waitFor();
});

pageTest('messages that two tabs send concurrently are both saved', async ({ page, gateway }) => {
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  const other = await openTab(page);
  await lastAnswer(other).getByText('Two minutes.').waitFor();
  await Promise.all([sendMessage(page, 'Black tea'), sendMessage(other, 'White tea')]);
  for (const exchange of [await gateway.nextExchange(), await gateway.nextExchange()]) {
    exchange.sendDelta(`About ${exchange.body.messages.at(-1).content}`);
    exchange.complete();
  }
  await page.locator('.turn-text', { hasText: 'About Black tea' }).waitFor();
  await other.locator('.turn-text', { hasText: 'About White tea' }).waitFor();
  const answers = ['Two minutes.', 'About Black tea', 'About White tea'];
  for (const each of [page, other]) {
    await each.waitForFunction(areComplete, answers);
    await each.reload();
    await each.locator('[data-status=complete]').nth(1).waitFor();
  }
});

pageTest('a tab reports and undoes a deletion by another tab', async ({ page, gateway }) => {
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  const other = await openTab(page);
  await lastAnswer(other).getByText('Two minutes.').waitFor();
  await other.locator('#composer textarea').fill('A draft');
  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Delete' }).press('Enter');

  const notice = other.locator('#restorable');
  await notice.getByText('This conversation was deleted in another tab.').waitFor();
  assert.equal(await other.locator('#composer textarea').inputValue(), 'A draft');
  assert.equal(await conversationLink(other, 'Green tea').count(), 0);
  await notice.getByRole('button', { name: 'Undo' }).click();
  await lastAnswer(other).getByText('Two minutes.').waitFor();
  assert.equal(await other.locator('#composer textarea').inputValue(), 'A draft');
  await notice.waitFor({ state: 'hidden' });
  await conversationLink(page, 'Green tea').click();
  await lastAnswer(page).getByText('Two minutes.').waitFor();
});

pageTest('a deletion by another tab keeps the draft of the new chat', async ({ page, gateway }) => {
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  const other = await openTab(page);
  await lastAnswer(other).getByText('Two minutes.').waitFor();
  const field = other.locator('#composer textarea');
  await other.getByRole('link', { name: 'New chat' }).click();
  await field.fill('A new question');
  await conversationLink(other, 'Green tea').click();
  await lastAnswer(other).getByText('Two minutes.').waitFor();
  await field.fill('A draft');
  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Delete' }).press('Enter');

  await other.locator('#restorable').getByText('was deleted in another tab').waitFor();
  const both = 'A new question\n\nA draft';
  await other.waitForFunction(text => document.querySelector('textarea')?.value === text, both);
  await other.reload();
  await other.waitForFunction(text => document.querySelector('textarea')?.value === text, both);
});

pageTest('deleting a conversation in another tab aborts its answer', async fixtures => {
  const { page, gateway } = fixtures;
  await sendMessage(page, 'Green tea');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Two');
  await lastAnswer(page).getByText('Two').waitFor();
  const other = await openTab(page);
  await lastAnswer(other).getByText('Two').waitFor();
  await other.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await other.getByRole('button', { name: 'Delete' }).press('Enter');
  assert.equal(await exchange.aborted, true);
  await page.locator('#restorable').getByRole('button', { name: 'Undo' }).click();
  await page.locator('[data-status=stopped]').getByText('Two').waitFor();
});

pageTest('an answer of a crashed tab is interrupted and not lost', async fixtures => {
  const { page, gateway } = fixtures;
  const crashing = await openTab(page);
  await sendMessage(crashing, 'Green tea');
  (await gateway.nextExchange()).sendDelta('Two');
  await conversationLink(page, 'Green tea').click();
  await lastAnswer(page).getByText('Two').waitFor();
  assert.equal(await lastAnswer(page).getAttribute('data-status'), 'streaming');
  const session = await crashing.context().newCDPSession(crashing);
  session.send('Page.crash').catch(() => {});
  await page.locator('[data-status=interrupted]').getByText('Two').waitFor();
  await page.getByRole('button', { name: 'Retry' }).click();
  await completeAnswer(page, gateway, 'Two minutes.');
});

/**
 * Runs in the page. Whether the database contains these answers as complete.
 * @param {string[]} answers
 */
function areComplete(answers) {
  return new Promise(resolve => {
    const request = indexedDB.open('minimal-chatbot');
    request.onsuccess = () => {
      const all = request.result.transaction('messages').objectStore('messages').getAll();
      all.onsuccess = () => {
        request.result.close();
        const complete = all.result.filter(({ status }) => status === 'complete');
        resolve(answers.every(answer => complete.some(({ text }) => text === answer)));
      };
    };
  });
}

/** Opens the same URL in another tab. @param {Page} page */
async function openTab(page) {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator('#conversations').waitFor();
  return other;
}

/**
 * @param {Page} page
 * @param {string} title
 */
function conversationLink(page, title) {
  return page.getByRole('navigation').getByRole('link', { name: title, exact: true });
}
