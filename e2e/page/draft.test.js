import assert from 'node:assert/strict';
import { completeAnswer, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';
import { holdDatabase } from '../support/import-dialog.js';

/** @import { Page } from 'playwright-core' */

pageTest('a message that is typed at once after New chat is sent', async ({ page, gateway }) => {
  for (let asked = 0; asked < 10; asked++) {
    await sendMessage(page, `Question ${asked}`);
    await completeAnswer(page, gateway, 'An answer');
    await page.locator('#new-chat').click();
  }
  assert.equal(gateway.exchanges.length, 10);
});

pageTest(
  'what is typed while a conversation is being opened is its draft',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Which rivers are long?');
    await completeAnswer(page, gateway, 'The Nile');
    await page.locator('#new-chat').click();
    const value = await page.evaluate(() => {
      const field = /** @type {HTMLTextAreaElement} */ (
        document.querySelector('#composer textarea')
      );
      /** @type {HTMLElement | null} */ (document.querySelector('#conversation-list a'))?.click();
      field.value = 'And wide?';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      const init = { key: 'Enter', bubbles: true, cancelable: true };
      field.dispatchEvent(new KeyboardEvent('keydown', init));
      return field.value;
    });
    assert.equal(value, 'And wide?');
    await lastAnswer(page).getByText('The Nile').waitFor();
    assert.equal(await page.locator('textarea[name=message]').inputValue(), 'And wide?');
    await page.locator('#new-chat').click();
    await page.locator('textarea[name=message]:placeholder-shown').waitFor();
    await page.locator('#conversation-list a').click();
    await page.locator('textarea[name=message]:not(:placeholder-shown)').waitFor();
    assert.equal(await page.locator('textarea[name=message]').inputValue(), 'And wide?');
  },
);

pageTest('each conversation keeps its own draft after a reload', async ({ page, gateway }) => {
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  await page.keyboard.type('And black');
  await page.locator('#new-chat').click();
  await waitForDraft(page, '');
  await page.keyboard.type('Something else');
  await page.getByRole('navigation').getByRole('link', { name: 'Green tea' }).click();
  await waitForDraft(page, 'And black');
  await page.reload();
  await waitForDraft(page, 'And black');
  await page.locator('#new-chat').click();
  await waitForDraft(page, 'Something else');
});

pageTest('a sent message is not a draft after a reload', async ({ page, gateway }) => {
  await sendMessage(page, 'Green tea');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Two');
  await lastAnswer(page).getByText('Two').waitFor();
  await page.reload();
  await page.locator('[data-status=interrupted]').waitFor();
  await waitForDraft(page, '');
  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  await waitForDraft(page, '');
});

pageTest('a failed answer keeps the next draft', async ({ page, gateway }) => {
  await sendMessage(page, 'Green tea');
  const exchange = await gateway.nextExchange();
  await page.keyboard.type('And black');
  exchange.sendErrorResponse(500, { code: 'internal', message: 'No', retryable: true });
  await lastAnswer(page).getByRole('alert').waitFor();
  await waitForDraft(page, 'And black');
  await page.reload();
  await lastAnswer(page).getByRole('button', { name: 'Retry' }).waitFor();
  assert.equal(await page.locator('[data-role=user] .turn-text').textContent(), 'Green tea');
  await waitForDraft(page, 'And black');
});

pageTest('a draft typed while the page loads survives reloads', async ({ page }) => {
  for (let reload = 1; reload <= 3; reload++) {
    await reloadAndType(page, `Green tea ${reload}`);
    await page.reload({ waitUntil: 'commit' });
    await waitForDraft(page, `Green tea ${reload}`);
    await page.locator('textarea').fill('');
  }
});

pageTest(
  'a link to the conversation that is shown keeps what is typed',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Which rivers are long?');
    await completeAnswer(page, gateway, 'The Nile');
    const field = page.locator('textarea[name=message]');
    await field.fill('And ');
    await page.locator('#conversation-list a').click();
    await field.pressSequentially('wide?');
    await page.locator('#conversation-list a').click();
    await field.press('Enter');
    assert.equal((await gateway.nextExchange()).body.messages.at(-1).content, 'And wide?');
  },
);

pageTest('what is typed before a conversation is read goes below its draft', async fixtures => {
  const { page, gateway } = fixtures;
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  await page.keyboard.type('And black');
  const release = await reloadWithoutDatabase(page);
  await page.locator('textarea').pressSequentially('And white');
  await page.locator('textarea').press('Enter');
  assert.equal(await page.locator('#send').getAttribute('aria-disabled'), 'true');
  await release();
  await waitForDraft(page, 'And black\n\nAnd white');
  await page.reload();
  await waitForDraft(page, 'And black\n\nAnd white');
  assert.equal(gateway.exchanges.length, 1);
  await lastAnswer(page).getByText('Two minutes.').waitFor();
  await page.locator('textarea').press('Enter');
  const { body } = await gateway.nextExchange();
  assert.deepEqual(
    body.messages.map((/** @type {{ content: string }} */ { content }) => content),
    ['Green tea', 'Two minutes.', 'And black\n\nAnd white'],
  );
});

pageTest('what is typed before the draft of a new chat is read goes below it', async ({ page }) => {
  await page.locator('textarea').fill('Green tea');
  const release = await reloadWithoutDatabase(page);
  await page.locator('textarea').pressSequentially('Black tea');
  await release();
  await waitForDraft(page, 'Green tea\n\nBlack tea');
});

pageTest('a question that is sent before the draft is read leaves the draft', async fixtures => {
  const { page, gateway } = fixtures;
  await page.locator('textarea').fill('Later');
  const release = await reloadWithoutDatabase(page);
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  await release();
  await page.locator('#new-chat').click();
  await waitForDraft(page, 'Later');
});

pageTest('what is typed while a conversation opens goes below its draft', async fixtures => {
  const { page, gateway } = fixtures;
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  await page.keyboard.type('And black');
  await page.waitForFunction(() => !Object.keys(localStorage).some(key => /^draft:./.test(key)));
  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  const other = await page.context().newPage();
  await other.goto('/health');
  const release = await holdDatabase(other, ['drafts']);
  await page.getByRole('navigation').getByRole('link', { name: 'Green tea' }).click();
  await lastAnswer(page).getByText('Two minutes.').waitFor();
  await page.locator('textarea').pressSequentially('And white');
  await release();
  await waitForDraft(page, 'And black\n\nAnd white');
});

pageTest('a draft typed before the modules are loaded survives a reload', async ({ page }) => {
  await page.route('**/*.js', () => {}); // only the inline script runs
  await page.reload({ waitUntil: 'commit' });
  await page.locator('textarea').fill('Green tea');
  await page.unroute('**/*.js');
  await page.reload();
  await waitForDraft(page, 'Green tea');
});

pageTest('what is typed before the modules are loaded replaces nothing', async ({ page }) => {
  await page.locator('textarea').fill('White tea');
  await page.route('**/*.js', () => {}); // only the inline script runs
  for (const text of ['Green tea', 'Black tea']) {
    await page.reload({ waitUntil: 'commit' });
    await page.locator('textarea').pressSequentially(text);
  }
  await page.unroute('**/*.js');
  await page.reload();
  await waitForDraft(page, 'White tea\n\nGreen tea\n\nBlack tea');
  await page.reload();
  await waitForDraft(page, 'White tea\n\nGreen tea\n\nBlack tea');
});

for (const [what, write] of /** @type {[string, (page: Page) => Promise<void>][]} */ ([
  ['pasted', page => insert(page, 'insertFromPaste')],
  ['dictated', page => insert(page, 'insertText')],
  ['dropped into the composer', page => insert(page, 'insertFromDrop')],
  ['being composed', page => insert(page, 'insertCompositionText')],
]))
  pageTest(`text that is ${what} survives a reload`, async ({ page }) => {
    await page.locator('textarea').focus();
    await write(page);
    await page.reload();
    await waitForDraft(page, 'Green tea');
  });

pageTest('a suggestion survives a reload', async ({ page }) => {
  const suggestion = page.locator('#suggestions button').first();
  const text = (await suggestion.textContent()) ?? '';
  await suggestion.click();
  await page.reload();
  await waitForDraft(page, text);
});

pageTest('a draft survives a reload after each keystroke', async ({ page }) => {
  let typed = '';
  for (const letter of 'Tea?') {
    await page.locator('textarea').press(letter);
    typed += letter;
    await page.reload();
    await waitForDraft(page, typed);
    await page.locator('textarea').press('End');
  }
});

pageTest('an edited question is edited on after a reload', async ({ page, gateway }) => {
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  await sendMessage(page, 'And black');
  await completeAnswer(page, gateway, 'Four minutes.');
  const editor = page.locator('textarea[name=edit]');
  const first = page.locator('article[data-role=user]').first();
  await first.hover();
  await first.getByRole('button', { name: 'Edit' }).click();
  await editor.fill('White tea');
  await page.reload();
  await editor.waitFor();
  assert.equal(await editor.inputValue(), 'White tea');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'message');

  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  await page.goBack();
  await editor.press('Enter');
  const { body } = await completeAnswer(page, gateway, 'One minute.');
  assert.deepEqual(body.messages, [{ role: 'user', content: 'White tea' }]);
  await page.getByRole('button', { name: 'Previous version' }).click();
  await page.getByText('Four minutes.').waitFor();
  assert.equal(await editor.count(), 0);
});

pageTest('an edit that was cancelled does not return after a reload', async fixtures => {
  const { page, gateway } = fixtures;
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  const editor = page.locator('textarea[name=edit]');
  await page.keyboard.press('ArrowUp');
  await editor.fill('White tea');
  await page.reload();
  await editor.press('Escape');
  await page.locator('button[name=edit]:focus').waitFor();
  await page.reload();
  await lastAnswer(page).getByText('Two minutes.').waitFor();
  await page.keyboard.press('ArrowUp');
  await editor.waitFor();
  assert.equal(await editor.inputValue(), 'Green tea');
});

pageTest('a sent draft does not return in another open tab', async ({ page, gateway }) => {
  await page.locator('textarea').fill('Green tea');
  const other = await page.context().newPage();
  await other.goto('/');
  await waitForDraft(other, 'Green tea');
  await page.locator('textarea').press('Enter');
  await completeAnswer(page, gateway, 'Two minutes.');
  await other.reload();
  await waitForDraft(other, '');
  await other.locator('#sidebar').getByRole('link', { name: 'Green tea' }).waitFor();
  await waitForDraft(other, '');
});

pageTest('the draft of a deleted conversation does not return', async ({ page, gateway }) => {
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  const { hash } = new URL(page.url());
  await page.keyboard.type('And black');
  await page.getByRole('button', { name: 'More for “Green tea”' }).press('Enter');
  await page.getByRole('button', { name: 'Delete' }).press('Enter');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await page.goto(`/${hash}`);
  await page.reload();
  await page.getByText('What can I help with?').waitFor();
  await waitForDraft(page, '');
  const entries = await page.evaluate(() =>
    Object.keys(localStorage).filter(key => key.startsWith('draft:')),
  );
  assert.deepEqual(entries, []);
});

/**
 * Changes the text as an input method, a drop or a paste does.
 * @param {Page} page
 * @param {string} inputType
 */
async function insert(page, inputType) {
  await page.locator('textarea').evaluate((node, inputType) => {
    const field = /** @type {HTMLTextAreaElement} */ (node);
    field.value = 'Green tea';
    const isComposing = inputType === 'insertCompositionText';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType, isComposing }));
  }, inputType);
}

/**
 * Reloads the page and fills the composer before the database is open.
 * @param {Page} page
 * @param {string} text
 */
async function reloadAndType(page, text) {
  await page.reload({ waitUntil: 'domcontentloaded' });
  await page.locator('textarea').fill(text);
}

/**
 * Reloads the page and keeps it from reading the database. Returns what lets it read.
 * @param {Page} page
 */
async function reloadWithoutDatabase(page) {
  const other = await page.context().newPage();
  await other.goto('/health');
  const release = await holdDatabase(other);
  await page.reload();
  await page.locator('html[data-ready]').waitFor();
  return release;
}

/**
 * Waits until the composer contains this text.
 * @param {Page} page
 * @param {string} text
 */
function waitForDraft(page, text) {
  return page.waitForFunction(draft => document.querySelector('textarea')?.value === draft, text);
}
