import assert from 'node:assert/strict';
import {
  completeAnswer,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */

pageTest('search finds messages, announces the count, and Escape clears it', async fixtures => {
  const { page } = fixtures;
  await startConversation(fixtures, 'Green tea', 'It draws for two minutes.');
  await startConversation(fixtures, 'Blue sea', 'The sky is in it.');
  const announcements = await recordAnnouncements(page);
  const field = page.getByRole('searchbox', { name: 'Search conversations' });
  await field.fill('minutes');
  await conversationLink(page, 'Blue sea').waitFor({ state: 'detached' });
  assert.deepEqual(await titles(page), ['Green tea']);
  await announcements.waitFor('1 result');
  const link = page.locator('#conversation-list a');
  assert.equal(await link.textContent(), 'Green teaIt draws for two minutes.');
  assert.deepEqual(await link.locator('mark').allTextContents(), ['minutes']);
  await field.fill('minutes sky');
  await page.getByText('Nothing found').waitFor();
  await page.keyboard.press('Escape');
  await conversationLink(page, 'Blue sea').waitFor();
  assert.deepEqual(await titles(page), ['Blue sea', 'Green tea']);
  assert.equal(await field.inputValue(), '');
});

// WebKit would not draw a row again that is inserted with the focus and loses it.
pageTest('a row with the focus is drawn wherever it is', async fixtures => {
  const { page } = fixtures;
  await startConversation(fixtures, 'Green tea', 'Ready.');
  const visibility = () =>
    page
      .locator('#conversation-list li')
      .evaluate(row => getComputedStyle(row).getPropertyValue('content-visibility'));
  assert.equal(await visibility(), 'auto');
  await page.locator('#conversation-list a').focus();
  assert.equal(await visibility(), 'visible');
});

pageTest('search ignores accents and case, and marks the match in the title', async fixtures => {
  const { page } = fixtures;
  await startConversation(fixtures, 'Une crème brûlée', 'Oui.');
  const link = page.locator('#conversation-list a');
  for (const query of ['creme', 'BRULEE', 'brûlée']) {
    await page.getByRole('searchbox').fill(query);
    await link
      .locator('mark')
      .filter({ hasText: /^(crème|brûlée)$/ })
      .waitFor();
    assert.equal(await link.textContent(), 'Une crème brûlée', query);
  }
});

pageTest('the list has headings for periods, not for days', async ({ page }) => {
  await page.clock.setFixedTime(new Date(2026, 10, 26, 7, 15));
  await page.evaluate(storeConversations, 20);
  await page.evaluate(storeConversationsOf, [
    new Date(2026, 10, 26, 1).getTime(),
    new Date(2026, 10, 25, 1).getTime(),
    new Date(2026, 10, 20, 1).getTime(),
    new Date(2026, 10, 5, 1).getTime(),
    new Date(2026, 8, 30, 1).getTime(),
    new Date(2026, 8, 2, 1).getTime(),
    new Date(2025, 8, 2, 1).getTime(),
  ]);
  await page.reload();
  await conversationLink(page, 'Title 0').waitFor();
  assert.deepEqual(await page.locator('#conversation-list h2').allTextContents(), [
    'Today',
    'Yesterday',
    'Previous 7 days',
    'Previous 30 days',
    'September',
    'January',
    'September 2025',
  ]);
});

pageTest('after midnight the headings of the list are those of the new day', async fixtures => {
  const { page } = fixtures;
  await page.clock.setFixedTime(new Date(2026, 10, 26, 23, 50));
  await startConversation(fixtures, 'Green tea', 'Two minutes.');
  await page.getByRole('heading', { name: 'Today' }).waitFor();
  await page.clock.setFixedTime(new Date(2026, 10, 27, 0, 10));
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.getByRole('heading', { name: 'Yesterday' }).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Today' }).count(), 0);
});

pageTest('Escape closes the actions of a row and stops no answer', async ({ page, gateway }) => {
  await sendMessage(page, 'Green tea');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Two');
  await lastAnswer(page).getByText('Two').waitFor();
  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Rename' }).press('Escape');
  await page.getByRole('button', { name: 'Rename' }).waitFor({ state: 'detached' });
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
    'More for “Green tea”',
  );
  assert.equal(await page.locator('[data-status=streaming]').count(), 1);
});

pageTest('Delete is in the colour of danger, and each action has an icon', async fixtures => {
  const { page } = fixtures;
  await startConversation(fixtures, 'Green tea', 'Two minutes.');
  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  const color = (/** @type {string} */ name) =>
    page.getByRole('button', { name, exact: true }).evaluate(node => getComputedStyle(node).color);
  assert.equal(await color('Delete'), 'rgb(179, 38, 30)');
  assert.equal(await color('Rename'), 'rgb(28, 28, 26)');
  for (const name of ['Rename', 'Pin', 'Export', 'Delete']) {
    const icon = page.getByRole('button', { name, exact: true }).locator('use');
    const size = await icon.evaluate(node => /** @type {SVGUseElement} */ (node).getBBox().width);
    assert.ok(size > 8, `${name}: ${size}`);
  }
});

pageTest('the keyboard renames a conversation in the list', async fixtures => {
  const { page } = fixtures;
  await startConversation(fixtures, 'Green tea', 'Two minutes.');
  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Rename' }).press('Enter');
  const field = page.getByRole('textbox', { name: 'Title' });
  await page.keyboard.type('Sencha');
  await page.keyboard.press('Escape');
  await conversationLink(page, 'Green tea').waitFor();
  assert.equal(await focused(page), 'Green tea');

  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Rename' }).press('Enter');
  assert.equal(await field.inputValue(), 'Green tea');
  await page.keyboard.type('Sencha');
  await page.keyboard.press('Enter');
  await conversationLink(page, 'Sencha').waitFor();
  assert.equal(await focused(page), 'Sencha');
  await page.getByRole('heading', { level: 1, name: 'Sencha' }).waitFor();
  await page.reload();
  await conversationLink(page, 'Sencha').waitFor();
});

pageTest('a pinned conversation precedes newer ones', async fixtures => {
  const { page } = fixtures;
  await startConversation(fixtures, 'Green tea', 'Two minutes.');
  await startConversation(fixtures, 'Blue sea', 'The sky.');
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

pageTest('Undo restores a deleted conversation after another one was opened', async fixtures => {
  const { page } = fixtures;
  await startConversation(fixtures, 'Green tea', 'Two minutes.');
  await startConversation(fixtures, 'Blue sea', 'The sky.');
  await page.locator('#composer textarea').fill('A draft');
  const announcements = await recordAnnouncements(page);
  await deleteConversation(page, 'Blue sea');
  await conversationLink(page, 'Blue sea').waitFor({ state: 'detached' });
  await announcements.waitFor('Conversation deleted');
  assert.equal(await focused(page), 'Green tea');
  await page.getByText('What can I help with?').waitFor();
  await conversationLink(page, 'Green tea').click();
  await lastAnswer(page).getByText('Two minutes.').waitFor();

  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await lastAnswer(page).getByText('The sky.').waitFor();
  assert.deepEqual(await titles(page), ['Blue sea', 'Green tea']);
  assert.equal(await focused(page), 'Blue sea');
  assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 0);
  await page.waitForFunction(() => document.querySelector('textarea')?.value === 'A draft');
  await page.reload();
  await lastAnswer(page).getByText('The sky.').waitFor();
});

pageTest('a deleted conversation does not return after a reload', async fixtures => {
  const { page } = fixtures;
  await startConversation(fixtures, 'Green tea', 'Two minutes.');
  const address = page.url();
  await deleteConversation(page, 'Green tea');
  await conversationLink(page, 'Green tea').waitFor({ state: 'detached' });
  await page.goto(address);
  await page.reload();
  await page.getByText('What can I help with?').waitFor();
  assert.deepEqual(await titles(page), []);
});

pageTest('New chat works after the last conversation is deleted', async fixtures => {
  const { page } = fixtures;
  await startConversation(fixtures, 'Green tea', 'Two minutes.');
  await deleteConversation(page, 'Green tea');
  await page.getByText('What can I help with?').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'new-chat');
  await page.keyboard.press('Enter');
  await startConversation(fixtures, 'Blue sea', 'The sky.');
  assert.deepEqual(await titles(page), ['Blue sea']);
  assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 0);
});

pageTest('deleting a conversation aborts its answer', async ({ page, gateway }) => {
  await sendMessage(page, 'Green tea');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Two');
  await lastAnswer(page).getByText('Two').waitFor();
  await deleteConversation(page, 'Green tea');
  assert.equal(await exchange.aborted, true);
  await page.getByText('What can I help with?').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('[data-status=stopped]').getByText('Two').waitFor();
});

pageTest('a title being edited survives the end of an answer', async fixtures => {
  const { page, gateway } = fixtures;
  await sendMessage(page, 'Green tea');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Two');
  await lastAnswer(page).getByText('Two').waitFor();
  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Rename' }).press('Enter');
  await page.keyboard.type('Sen');
  exchange.complete();
  await page.locator('[data-status=complete]').waitFor();
  await page.keyboard.type('cha');
  await page.locator('#thread').click();
  await conversationLink(page, 'Sencha').waitFor();
});

pageTest('a press on a row opens it while another tab changes the list', async fixtures => {
  const { page } = fixtures;
  await startConversation(fixtures, 'Green tea', 'Two minutes.');
  await startConversation(fixtures, 'Blue sea', 'The sky.');
  const other = await page.context().newPage();
  await other.goto('/');
  await conversationLink(page, 'Green tea').hover();
  await page.mouse.down();
  await rename(other, 'Blue sea', 'Red sea');
  await conversationLink(page, 'Red sea').waitFor();
  await page.mouse.up();
  await lastAnswer(page).getByText('Two minutes.').waitFor();
});

pageTest('a press on a row opens it while its answer ends', async ({ page, gateway }) => {
  await sendMessage(page, 'Green tea');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Two minutes.');
  await lastAnswer(page).getByText('Two minutes.').waitFor();
  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  const link = page.getByRole('navigation').getByRole('link', { name: 'Green tea' });
  await link.getByRole('img').waitFor();
  await link.hover();
  await page.mouse.down();
  exchange.complete();
  await link.getByRole('img').waitFor({ state: 'detached' });
  await page.mouse.up();
  await lastAnswer(page).getByText('Two minutes.').waitFor();
});

pageTest('a change of another tab neither moves nor blurs the other rows', async fixtures => {
  const { page } = fixtures;
  for (const title of ['Green tea', 'Blue sea', 'Red fox'])
    await startConversation(fixtures, title, 'Yes.');
  const other = await page.context().newPage();
  await other.goto('/');
  await conversationLink(page, 'Red fox').focus();
  await page.evaluate(recordMoves);

  await pin(other, 'Blue sea');
  await page.getByRole('heading', { name: 'Pinned' }).waitFor();
  assert.deepEqual(await titles(page), ['Blue sea', 'Red fox', 'Green tea']);
  await pin(other, 'Blue sea');
  await page.getByRole('heading', { name: 'Pinned' }).waitFor({ state: 'detached' });
  assert.deepEqual(await titles(page), ['Red fox', 'Blue sea', 'Green tea']);
  await conversationLink(other, 'Green tea').click();
  await lastAnswer(other).getByText('Yes.').waitFor();
  await sendMessage(other, 'And?');
  await completeAnswer(other, fixtures.gateway, 'No.');
  await conversationLink(page, 'Green tea').waitFor();
  await page.waitForFunction(
    () => document.querySelector('#conversation-list a')?.getAttribute('title') === 'Green tea',
  );
  assert.deepEqual(await titles(page), ['Green tea', 'Red fox', 'Blue sea']);
  assert.deepEqual(await page.evaluate(() => Reflect.get(window, 'moved')), [
    'Blue sea',
    'Green tea',
  ]);
  assert.equal(await page.evaluate(() => Reflect.get(window, 'blurs')), 0);
});

pageTest('a long list renders more rows when it is scrolled to its end', async ({ page }) => {
  await page.evaluate(storeConversations, 250);
  await page.reload();
  await conversationLink(page, 'Title 0').waitFor();
  assert.equal(await page.locator('#conversation-list li').count(), 100);
  await conversationLink(page, 'Title 99').scrollIntoViewIfNeeded();
  await conversationLink(page, 'Title 199').scrollIntoViewIfNeeded();
  await conversationLink(page, 'Title 249').focus();
  assert.equal(await page.locator('#conversation-list li').count(), 250);
  await page.getByRole('searchbox').fill('249');
  await conversationLink(page, 'Title 0').waitFor({ state: 'detached' });
  assert.deepEqual(await titles(page), ['Title 249']);
});

/**
 * Runs in the page. Stores so many conversations, the newest first.
 * @param {number} count
 */
function storeConversations(count) {
  return new Promise(resolve => {
    const request = indexedDB.open('minimal-chatbot');
    request.onsuccess = () => {
      const transaction = request.result.transaction('conversations', 'readwrite');
      const store = transaction.objectStore('conversations');
      for (let index = 0; index < count; index++) {
        const times = { createdAt: 0, updatedAt: Date.UTC(2026, 0, 9) - index };
        store.put({
          id: `c${index}`,
          title: `Title ${index}`,
          ...times,
          pinned: false,
          leaf: null,
        });
      }
      transaction.oncomplete = resolve;
    };
  });
}

/**
 * Runs in the page. Stores a conversation for each of these times of the last update.
 * @param {number[]} times
 */
function storeConversationsOf(times) {
  return new Promise(resolve => {
    const request = indexedDB.open('minimal-chatbot');
    request.onsuccess = () => {
      const transaction = request.result.transaction('conversations', 'readwrite');
      times.forEach((updatedAt, index) => {
        const summary = { createdAt: 0, updatedAt, pinned: false, leaf: null };
        transaction
          .objectStore('conversations')
          .put({ id: `t${index}`, title: `Of ${index}`, ...summary });
      });
      transaction.oncomplete = resolve;
    };
  });
}

/** Runs in the page. Records the titles of the rows that are moved, and how often the focus is lost. */
function recordMoves() {
  /** @type {Set<string>} */
  const moved = new Set();
  const list = /** @type {HTMLElement} */ (document.querySelector('#conversation-list'));
  const titlesOf = (/** @type {Node} */ node) =>
    node instanceof Element ? [...node.querySelectorAll('a')].map(({ title }) => title) : [];
  new MutationObserver(records => {
    for (const { addedNodes, removedNodes } of records)
      for (const node of [...addedNodes, ...removedNodes])
        for (const title of titlesOf(node)) moved.add(title);
    Object.assign(window, { moved: [...moved].sort() });
  }).observe(list, { childList: true, subtree: true });
  let blurs = 0;
  Object.assign(window, { blurs });
  list.addEventListener('focusout', () => Object.assign(window, { blurs: ++blurs }));
}

/**
 * Creates a conversation with one message and its answer.
 * @param {{ page: Page, gateway: ScriptedGateway }} fixtures
 * @param {string} question
 * @param {string} text
 */
async function startConversation({ page, gateway }, question, text) {
  await page.keyboard.press('Control+Shift+O');
  await page.getByText('What can I help with?').waitFor();
  await sendMessage(page, question);
  await completeAnswer(page, gateway, text);
}

/**
 * @param {Page} page
 * @param {string} title
 * @param {string} next
 */
async function rename(page, title, next) {
  await page.getByRole('button', { name: `More for “${title}”` }).press('Enter');
  await page.getByRole('button', { name: 'Rename' }).press('Enter');
  await page.keyboard.type(next);
  await page.keyboard.press('Enter');
}

/**
 * Pins a conversation, or takes the pin away, and closes its actions.
 * @param {Page} page
 * @param {string} title
 */
async function pin(page, title) {
  const more = page.getByRole('button', { name: `More for “${title}”` });
  await more.press('Enter');
  await page.getByRole('button', { name: /^(Pin|Unpin)$/ }).press('Enter');
  await more.press('Enter');
}

/**
 * @param {Page} page
 * @param {string} title
 */
async function deleteConversation(page, title) {
  await page.getByRole('button', { name: `More for “${title}”` }).press('Enter');
  await page.getByRole('button', { name: 'Delete' }).press('Enter');
}

/**
 * @param {Page} page
 * @param {string} title
 */
function conversationLink(page, title) {
  return page.getByRole('navigation').getByRole('link', { name: title, exact: true });
}

/** @param {Page} page */
function titles(page) {
  return page
    .locator('#conversation-list a')
    .evaluateAll(links => links.map(link => link.getAttribute('title')));
}

/** @param {Page} page */
function focused(page) {
  return page.evaluate(() => document.activeElement?.textContent);
}
