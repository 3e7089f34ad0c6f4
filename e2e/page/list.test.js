import assert from 'node:assert/strict';
import { answer, answered, ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { Gateway } from '../support/chat-page.js' */

pageTest('search finds what was said, says how much, and Esc ends it', async parts => {
  const { page } = parts;
  await talked(parts, 'Green tea', 'It draws for two minutes.');
  await talked(parts, 'Blue sea', 'The sky is in it.');
  const field = page.getByRole('searchbox', { name: 'Search conversations' });
  await field.fill('minutes');
  await row(page, 'Blue sea').waitFor({ state: 'detached' });
  assert.deepEqual(await titles(page), ['Green tea']);
  await page.getByRole('status').getByText('1 result', { exact: true }).waitFor();
  await field.fill('minutes sky');
  await page.getByText('Nothing found').waitFor();
  await page.keyboard.press('Escape');
  await row(page, 'Blue sea').waitFor();
  assert.deepEqual(await titles(page), ['Blue sea', 'Green tea']);
  assert.equal(await field.inputValue(), '');
});

pageTest('a conversation is renamed in its place, by keyboard', async parts => {
  const { page } = parts;
  await talked(parts, 'Green tea', 'Two minutes.');
  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Rename' }).press('Enter');
  const field = page.getByRole('textbox', { name: 'Title' });
  await page.keyboard.type('Sencha');
  await page.keyboard.press('Escape');
  await row(page, 'Green tea').waitFor();
  assert.equal(await focused(page), 'Green tea');

  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Rename' }).press('Enter');
  assert.equal(await field.inputValue(), 'Green tea');
  await page.keyboard.type('Sencha');
  await page.keyboard.press('Enter');
  await row(page, 'Sencha').waitFor();
  assert.equal(await focused(page), 'Sencha');
  await page.getByRole('heading', { level: 1, name: 'Sencha' }).waitFor();
  await page.reload();
  await row(page, 'Sencha').waitFor();
});

pageTest('a pinned conversation stands above the newer ones', async parts => {
  const { page } = parts;
  await talked(parts, 'Green tea', 'Two minutes.');
  await talked(parts, 'Blue sea', 'The sky.');
  assert.deepEqual(await titles(page), ['Blue sea', 'Green tea']);
  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Pin', exact: true }).press('Enter');
  await page.getByRole('heading', { name: 'Pinned' }).waitFor();
  assert.deepEqual(await titles(page), ['Green tea', 'Blue sea']);
  assert.equal(await focused(page), 'Unpin');
  await page.reload();
  await page.getByRole('heading', { name: 'Pinned' }).waitFor();
  assert.deepEqual(await titles(page), ['Green tea', 'Blue sea']);
});

pageTest('what was deleted can be taken back, also after a look around', async parts => {
  const { page } = parts;
  await talked(parts, 'Green tea', 'Two minutes.');
  await talked(parts, 'Blue sea', 'The sky.');
  await page.locator('#composer textarea').fill('Half a thought');
  await remove(page, 'Blue sea');
  await row(page, 'Blue sea').waitFor({ state: 'detached' });
  await page.getByRole('status').getByText('Conversation deleted').waitFor();
  assert.equal(await focused(page), 'Green tea');
  await page.getByText('What can I help with?').waitFor();
  await row(page, 'Green tea').click();
  await answer(page).getByText('Two minutes.').waitFor();

  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await answer(page).getByText('The sky.').waitFor();
  assert.deepEqual(await titles(page), ['Blue sea', 'Green tea']);
  assert.equal(await focused(page), 'Blue sea');
  assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 0);
  await page.waitForFunction(() => document.querySelector('textarea')?.value === 'Half a thought');
  await page.reload();
  await answer(page).getByText('The sky.').waitFor();
});

pageTest('what was deleted does not come back by itself', async parts => {
  const { page } = parts;
  await talked(parts, 'Green tea', 'Two minutes.');
  const address = page.url();
  await remove(page, 'Green tea');
  await row(page, 'Green tea').waitFor({ state: 'detached' });
  await page.goto(address);
  await page.reload();
  await page.getByText('What can I help with?').waitFor();
  assert.deepEqual(await titles(page), []);
});

pageTest('after the last conversation is deleted every button still works', async parts => {
  const { page } = parts;
  await talked(parts, 'Green tea', 'Two minutes.');
  await remove(page, 'Green tea');
  await page.getByText('What can I help with?').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'new-chat');
  await page.keyboard.press('Enter');
  await talked(parts, 'Blue sea', 'The sky.');
  assert.deepEqual(await titles(page), ['Blue sea']);
  assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 0);
});

pageTest('to delete a conversation ends the answer in it', async ({ page, gateway }) => {
  await ask(page, 'Green tea');
  const question = await gateway.asked();
  question.say('Two');
  await answer(page).getByText('Two').waitFor();
  await remove(page, 'Green tea');
  assert.equal(await question.aborted, true);
  await page.getByText('What can I help with?').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('[data-status=stopped]').getByText('Two').waitFor();
});

pageTest('a title that is being written is not lost to what happens meanwhile', async parts => {
  const { page, gateway } = parts;
  await ask(page, 'Green tea');
  const question = await gateway.asked();
  question.say('Two');
  await answer(page).getByText('Two').waitFor();
  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Rename' }).press('Enter');
  await page.keyboard.type('Sen');
  question.complete();
  await page.locator('[data-status=complete]').waitFor();
  await page.keyboard.type('cha');
  await page.locator('#thread').click();
  await row(page, 'Sencha').waitFor();
});

pageTest('a long list goes on where the reader scrolls to its end', async ({ page }) => {
  await page.evaluate(seed, 250);
  await page.reload();
  await row(page, 'Talk 0').waitFor();
  assert.equal(await page.locator('#conversation-list li').count(), 100);
  await row(page, 'Talk 99').scrollIntoViewIfNeeded();
  await row(page, 'Talk 199').scrollIntoViewIfNeeded();
  await row(page, 'Talk 249').focus();
  assert.equal(await page.locator('#conversation-list li').count(), 250);
  await page.getByRole('searchbox').fill('249');
  await row(page, 'Talk 0').waitFor({ state: 'detached' });
  assert.deepEqual(await titles(page), ['Talk 249']);
});

/**
 * Runs in the page: stores so many conversations, the newest first.
 * @param {number} count
 */
function seed(count) {
  return new Promise(resolve => {
    const request = indexedDB.open('minimal-chatbot');
    request.onsuccess = () => {
      const transaction = request.result.transaction('conversations', 'readwrite');
      const all = transaction.objectStore('conversations');
      for (let at = 0; at < count; at++) {
        const times = { createdAt: 0, updatedAt: Date.UTC(2026, 0, 9) - at };
        all.put({ id: `c${at}`, title: `Talk ${at}`, ...times, pinned: false, leaf: null });
      }
      transaction.oncomplete = resolve;
    };
  });
}

/**
 * Has a conversation of its own about something.
 * @param {{ page: Page, gateway: Gateway }} parts
 * @param {string} question
 * @param {string} said
 */
async function talked({ page, gateway }, question, said) {
  await page.keyboard.press('Control+Shift+O');
  await page.getByText('What can I help with?').waitFor();
  await ask(page, question);
  await answered(page, gateway, said);
}

/**
 * @param {Page} page
 * @param {string} title
 */
async function remove(page, title) {
  await page.getByRole('button', { name: `More for “${title}”` }).press('Enter');
  await page.getByRole('button', { name: 'Delete' }).press('Enter');
}

/**
 * @param {Page} page
 * @param {string} title
 */
function row(page, title) {
  return page.getByRole('navigation').getByRole('link', { name: title, exact: true });
}

/** @param {Page} page */
function titles(page) {
  return page.locator('#conversation-list a').allTextContents();
}

/** @param {Page} page */
function focused(page) {
  return page.evaluate(() => document.activeElement?.textContent);
}
