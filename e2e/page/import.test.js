import assert from 'node:assert/strict';
import {
  chatGpt,
  chatGptNode,
  chatGptVersions,
  claude,
  libreChatFlat,
  libreChatTree,
  openWebUi,
} from '../../frontend/src/import/exports.fixture.js';
import { zip } from '../../frontend/src/import/zip.fixture.js';
import {
  completeAnswer,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';
import { holdDatabase, importFiles } from '../support/import-dialog.js';

/** @import { Page } from 'playwright-core' */
/** @import { File } from '../support/import-dialog.js' */

pageTest('an export of ChatGPT is imported with its versions', async ({ page }) => {
  const result = await importFiles(page, json([chatGptVersions()]));
  await result.getByText('1 conversation imported.', { exact: true }).waitFor();
  await openConversation(page, 'Trip');
  await lastAnswer(page).getByText('Lisbon.').waitFor();
  await page.getByRole('button', { name: 'Next version' }).click();
  await lastAnswer(page).getByText('Porto.').waitFor();
  await page.reload();
  await lastAnswer(page).getByText('Porto.').waitFor();
});

pageTest('a second import makes no double, and adds what is new', async ({ page }) => {
  await importFiles(page, json([chatGptVersions()]));
  await openConversation(page, 'Trip');
  await lastAnswer(page).getByText('Lisbon.').waitFor();
  const later = chatGptVersions();
  Object.assign(later.mapping, {
    ...chatGptNode('u2', 'a1', 'user', 'And then?'),
    ...chatGptNode('a3', 'u2', 'assistant', 'Sintra.'),
  });
  Object.assign(later, { current_node: 'a3', update_time: 1700009999 });
  const result = await importFiles(page, json([later]));
  await result.getByText('1 conversation imported. 1 of them was already here.').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#conversation-list li').count(), 1);
  await lastAnswer(page).getByText('Sintra.').waitFor();
});

pageTest('exports of several products are imported at once', async ({ page }) => {
  const tree = { ...libreChatTree, conversationId: 'tree', title: 'LC tree' };
  const files = [json([claude]), json(libreChatFlat), json(tree), json([openWebUi])];
  const result = await importFiles(page, ...files);
  await result
    .getByText('4 conversations imported. 2 images or other files left out.', { exact: true })
    .waitFor();
  for (const [title, answer] of [
    ['Tea', 'Then drink.'],
    ['LC chat', 'Good day'],
    ['LC tree', 'Good day'],
    ['OWUI', 'Hi'],
  ]) {
    await openConversation(page, title);
    await lastAnswer(page).getByText(answer).waitFor();
  }
});

pageTest('the .zip file of an export is unpacked', async ({ page }) => {
  const blob = zip({
    'chat.html': '<html>',
    'conversations-000.json': JSON.stringify([chatGptVersions()]),
    'conversations-001.json': JSON.stringify([{ ...chatGptVersions(), conversation_id: 'b' }]),
  });
  const buffer = Buffer.from(await blob.arrayBuffer());
  const file = { name: 'export.zip', mimeType: 'application/zip', buffer };
  const result = await importFiles(page, file);
  await result.getByText('2 conversations imported.', { exact: true }).waitFor();
});

pageTest('a file in UTF-16 is imported', async ({ page }) => {
  const buffer = Buffer.from(`\uFEFF${JSON.stringify([chatGptVersions()])}`, 'utf16le');
  const file = { name: 'conversations.json', mimeType: 'application/json', buffer };
  const result = await importFiles(page, file);
  await result.getByText('1 conversation imported.', { exact: true }).waitFor();
});

pageTest('the result of an import says what was skipped, and why', async ({ page }) => {
  const result = await importFiles(page, json([chatGptVersions(), chatGpt({}), { id: 'x' }]));
  await result
    .getByText('1 conversation imported. 1 skipped: no messages. 1 skipped: damaged.')
    .waitFor();
});

pageTest('a file that cannot be read is refused with its reason', async ({ page }) => {
  const newer = { format: 'minimal-chatbot', version: 7, conversations: [{}] };
  for (const [file, reason] of /** @type {[File, RegExp][]} */ ([
    [
      json([{ header: 'Gemini Apps', title: 'Prompted' }]),
      /conversations\.json is an export of Gemini, which cannot be read/,
    ],
    [json(newer), /an export of version 7.*Please reload this page/],
    [text('# Chat'), /not an export of conversations, or it is damaged/],
    [text(JSON.stringify([chatGptVersions()]).slice(0, -1)), /damaged or incomplete/],
    [
      json([{ id: 'user-1' }]),
      /no conversations in conversations\.json.*ChatGPT, Claude, LibreChat/,
    ],
    [text('PK\x03\x04'), /no readable conversations in conversations\.json/],
  ])) {
    const result = await importFiles(page, file);
    await result.getByText(reason).waitFor();
    await result.getByText('Nothing was imported.').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#conversation-list li').count(), 0);
  }
});

pageTest('a hostile export is imported without harm', async ({ page }) => {
  const chain = Array.from({ length: 10_000 }, (_, at) =>
    chatGptNode(`n${at}`, at ? `n${at - 1}` : 'root', at % 2 ? 'assistant' : 'user', `${at}\uD800`),
  );
  const cycle = {
    ...chatGptNode('__proto__', 'b', 'user', 'Cyclic'),
    ...chatGptNode('b', '__proto__', 'assistant', 'Round'),
  };
  const result = await importFiles(
    page,
    json([
      chatGpt(Object.assign({}, ...chain), { title: 'x'.repeat(1_000_000), create_time: 1e300 }),
      chatGpt(cycle, { title: 'Cycle', conversation_id: '<img src=x onerror=alert(1)>' }),
    ]),
  );
  await result.getByText('2 conversations imported.', { exact: true }).waitFor();
  await openConversation(page, 'Cycle');
  await lastAnswer(page).getByText('Round').waitFor();
});

for (const [how, cancel] of /** @type {[string, (page: Page) => Promise<void>][]} */ ([
  ['its button', page => page.getByRole('button', { name: 'Cancel import' }).click()],
  ['the Escape key', page => page.keyboard.press('Escape')],
])) {
  pageTest(`an import that is cancelled with ${how} imports nothing`, async ({ page }) => {
    const release = await holdDatabase(page);
    const result = await importFiles(page, json([chatGptVersions()]));
    await page.getByRole('progressbar', { name: 'Importing…' }).waitFor();
    await cancel(page);
    await result.getByText('Import cancelled. Nothing was imported.').waitFor();
    await release();
    const again = page.getByRole('button', { name: 'Import', exact: true });
    await page.waitForFunction(() => document.activeElement?.textContent === 'Import');
    assert.equal(await again.isEnabled(), true);
    await page.reload();
    await page.locator('textarea').waitFor();
    assert.equal(await page.locator('#conversation-list li').count(), 0);
  });
}

pageTest('closing the settings cancels an import, and that is announced', async ({ page }) => {
  const announcements = await recordAnnouncements(page);
  const release = await holdDatabase(page);
  await importFiles(page, json([chatGptVersions()]));
  await page.getByRole('progressbar', { name: 'Importing…' }).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await announcements.waitFor('Import cancelled. Nothing was imported.');
  await release();
});

pageTest('an import that exceeds the quota shows an error, and stores nothing', async fixtures => {
  const { page, gateway } = fixtures;
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  // Before the first write, because the browser caches the quota.
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 });
  await sendMessage(page, 'Mine');
  await completeAnswer(page, gateway, 'Kept.');
  const large = Array.from({ length: 4 }, (_, at) =>
    chatGpt(chatGptNode('u', 'root', 'user', `${at}`.repeat(500_000)), {
      conversation_id: `${at}`,
    }),
  );
  const result = await importFiles(page, json(large));
  await result.getByText('This browser has no more room for these conversations.').waitFor();
  await page.keyboard.press('Escape');
  await page.reload();
  await lastAnswer(page).getByText('Kept.').waitFor();
  assert.equal(await page.locator('#conversation-list li').count(), 1);
});

pageTest('another tab shows what was imported', async ({ page }) => {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator('textarea').waitFor();
  await importFiles(page, json([chatGptVersions()]));
  await openConversation(other, 'Trip');
  await lastAnswer(other).getByText('Lisbon.').waitFor();
});

/** @param {unknown} value */
function json(value) {
  return text(JSON.stringify(value));
}

/** @param {string} content @returns {File} */
function text(content) {
  const buffer = Buffer.from(content);
  return { name: 'conversations.json', mimeType: 'application/json', buffer };
}

/**
 * @param {Page} page
 * @param {string} title
 */
async function openConversation(page, title) {
  const dialog = page.getByRole('dialog');
  if (await dialog.isVisible()) {
    await dialog.getByText(/imported/).waitFor();
    await page.keyboard.press('Escape');
  }
  await page.getByRole('navigation').getByRole('link', { name: title }).click();
}
