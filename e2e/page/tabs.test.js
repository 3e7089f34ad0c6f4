import assert from 'node:assert/strict';
import { answer, answered, ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest('what is said in one tab is in the other as well', async ({ page, gateway }) => {
  const other = await another(page);
  await ask(page, 'Green tea');
  const question = await gateway.asked();
  question.say('Two');
  await row(other, 'Green tea').click();
  await answer(other).getByText('Two', { exact: true }).waitFor();
  assert.equal(await answer(other).getAttribute('data-status'), 'streaming');
  question.say(' minutes.');
  await answer(other).getByText('Two minutes.').waitFor();
  question.complete();
  await other.locator('[data-status=complete]').waitFor();

  await ask(page, 'Black tea');
  await answered(page, gateway, 'Four minutes.');
  await other.locator('[data-status=complete]').getByText('Four minutes.').waitFor();
  await ask(other, 'White tea');
  const { body } = await answered(other, gateway, 'Six minutes.');
  assert.deepEqual(
    body.messages.map((/** @type {{ content: string }} */ { content }) => content),
    ['Green tea', 'Two minutes.', 'Black tea', 'Four minutes.', 'White tea'],
  );
  await answer(page).getByText('Six minutes.').waitFor();
});

pageTest('what two tabs send at once is there, both of it', async ({ page, gateway }) => {
  await ask(page, 'Green tea');
  await answered(page, gateway, 'Two minutes.');
  const other = await another(page);
  await answer(other).getByText('Two minutes.').waitFor();
  await Promise.all([ask(page, 'Black tea'), ask(other, 'White tea')]);
  for (const question of [await gateway.asked(), await gateway.asked()]) {
    question.say(`About ${question.body.messages.at(-1).content}`);
    question.complete();
  }
  await page.locator('.turn-text', { hasText: 'About Black tea' }).waitFor();
  await other.locator('.turn-text', { hasText: 'About White tea' }).waitFor();
  const all = ['Two minutes.', 'About Black tea', 'About White tea'];
  for (const each of [page, other]) {
    await each.waitForFunction(complete, all);
    await each.reload();
    await each.locator('[data-status=complete]').nth(1).waitFor();
  }
});

pageTest('what one tab deletes the other says, and can take back', async ({ page, gateway }) => {
  await ask(page, 'Green tea');
  await answered(page, gateway, 'Two minutes.');
  const other = await another(page);
  await answer(other).getByText('Two minutes.').waitFor();
  await other.locator('#composer textarea').fill('Half a thought');
  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Delete' }).press('Enter');

  const notice = other.locator('#removed-elsewhere');
  await notice.getByText('This conversation was deleted in another tab.').waitFor();
  assert.equal(await other.locator('#composer textarea').inputValue(), 'Half a thought');
  assert.equal(await row(other, 'Green tea').count(), 0);
  await notice.getByRole('button', { name: 'Undo' }).click();
  await answer(other).getByText('Two minutes.').waitFor();
  assert.equal(await other.locator('#composer textarea').inputValue(), 'Half a thought');
  await notice.waitFor({ state: 'hidden' });
  await row(page, 'Green tea').click();
  await answer(page).getByText('Two minutes.').waitFor();
});

pageTest('an answer ends in the tab whose conversation another deletes', async parts => {
  const { page, gateway } = parts;
  await ask(page, 'Green tea');
  const question = await gateway.asked();
  question.say('Two');
  await answer(page).getByText('Two').waitFor();
  const other = await another(page);
  await answer(other).getByText('Two').waitFor();
  await other.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await other.getByRole('button', { name: 'Delete' }).press('Enter');
  assert.equal(await question.aborted, true);
  await page.locator('#removed-elsewhere').getByRole('button', { name: 'Undo' }).click();
  await page.locator('[data-status=stopped]').getByText('Two').waitFor();
});

pageTest('what a tab that crashes was writing is interrupted, not lost', async parts => {
  const { page, gateway } = parts;
  const writing = await another(page);
  await ask(writing, 'Green tea');
  (await gateway.asked()).say('Two');
  await row(page, 'Green tea').click();
  await answer(page).getByText('Two').waitFor();
  assert.equal(await answer(page).getAttribute('data-status'), 'streaming');
  const session = await writing.context().newCDPSession(writing);
  session.send('Page.crash').catch(() => {});
  await page.locator('[data-status=interrupted]').getByText('Two').waitFor();
  await page.getByRole('button', { name: 'Retry' }).click();
  await answered(page, gateway, 'Two minutes.');
});

/**
 * Runs in the page: whether these answers are stored as complete.
 * @param {string[]} answers
 */
function complete(answers) {
  return new Promise(resolve => {
    const request = indexedDB.open('minimal-chatbot');
    request.onsuccess = () => {
      const all = request.result.transaction('messages').objectStore('messages').getAll();
      all.onsuccess = () => {
        request.result.close();
        const whole = all.result.filter(({ status }) => status === 'complete');
        resolve(answers.every(answer => whole.some(({ text }) => text === answer)));
      };
    };
  });
}

/** The same page in another tab. @param {Page} page */
async function another(page) {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator('#conversations').waitFor();
  return other;
}

/**
 * @param {Page} page
 * @param {string} title
 */
function row(page, title) {
  return page.getByRole('navigation').getByRole('link', { name: title, exact: true });
}
