import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { completeAnswer, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */

pageTest('an import restores every version of an exported conversation', async fixtures => {
  const { page } = fixtures;
  await createTwoVersions(fixtures);
  const first = await exportAll(page);
  assert.match(first.name, /^conversations-\d{4}-\d\d-\d\d\.json$/);

  await deleteConversation(page, 'Green tea');
  await importFile(page, 'all.json', first.text);
  await page.getByRole('dialog').getByText('1 conversation imported').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('navigation').getByRole('link', { name: 'Green tea' }).click();
  await lastAnswer(page).getByText('Three minutes.').waitFor();
  await page.getByRole('button', { name: 'Previous version' }).click();
  await lastAnswer(page).getByText('Two minutes.').waitFor();
  await page.getByRole('button', { name: 'Next version' }).click();
  assert.equal((await exportAll(page)).text, first.text);
  await page.reload();
  await lastAnswer(page).getByText('Three minutes.').waitFor();
  assert.equal((await exportAll(page)).text, first.text);
});

pageTest('an import of an existing conversation changes nothing', async fixtures => {
  const { page } = fixtures;
  await createTwoVersions(fixtures);
  const before = await exportAll(page);
  await importFile(page, 'all.json', before.text);
  await page.getByRole('dialog').getByText('1 conversation imported').waitFor();
  await page.keyboard.press('Escape');
  assert.equal((await exportAll(page)).text, before.text);
  assert.equal(await page.locator('#conversation-list li').count(), 1);
});

pageTest('an invalid file imports nothing and loses nothing', async fixtures => {
  const { page } = fixtures;
  await createTwoVersions(fixtures);
  const before = await exportAll(page);
  for (const text of ['{"format":"minimal-chatbot"', before.text.replace('"user"', '"system"')]) {
    await importFile(page, 'bad.json', text);
    await page.getByRole('dialog').getByText('Nothing was imported.').waitFor();
    await page.keyboard.press('Escape');
  }
  assert.equal((await exportAll(page)).text, before.text);
});

pageTest(
  'a conversation exports its shown branch as Markdown and all versions as JSON',
  async fixtures => {
    const { page } = fixtures;
    await createTwoVersions(fixtures);
    const markdown = await exportOne(page, 'Markdown, as it is shown');
    assert.equal(markdown.name, 'Green-tea.md');
    assert.equal(
      markdown.text,
      '# Green tea\n\n## You\n\nGreen tea\n\n## Assistant\n\nThree minutes.\n',
    );
    const json = await exportOne(page, 'JSON, with every version');
    assert.equal(json.name, 'Green-tea.json');
    assert.equal(json.text, (await exportAll(page)).text);
  },
);

/**
 * Creates a conversation with two versions of its answer.
 * @param {{ page: Page, gateway: ScriptedGateway }} fixtures
 */
async function createTwoVersions({ page, gateway }) {
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  await page.getByRole('button', { name: 'Regenerate' }).click();
  await completeAnswer(page, gateway, 'Three minutes.');
}

/** @param {Page} page */
async function exportAll(page) {
  await page.getByRole('button', { name: 'Settings' }).click();
  const file = await downloaded(page, page.getByRole('button', { name: 'Export all' }));
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return file;
}

/**
 * @param {Page} page
 * @param {string} kind
 */
async function exportOne(page, kind) {
  const actions = page.getByRole('button', { name: 'More for “Green tea”' });
  if ((await actions.getAttribute('aria-expanded')) === 'false') await actions.press('Enter');
  await page.getByRole('button', { name: 'Export' }).press('Enter');
  return downloaded(page, page.getByRole('button', { name: kind }));
}

/**
 * @param {Page} page
 * @param {import('playwright-core').Locator} button
 */
async function downloaded(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.press('Enter')]);
  const text = await readFile(await download.path(), 'utf8');
  return { name: download.suggestedFilename(), text };
}

/**
 * @param {Page} page
 * @param {string} name
 * @param {string} text
 */
async function importFile(page, name, text) {
  await page.getByRole('button', { name: 'Settings' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import' }).click(),
  ]);
  await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

/**
 * @param {Page} page
 * @param {string} title
 */
async function deleteConversation(page, title) {
  await page.getByRole('button', { name: `More for “${title}”` }).press('Enter');
  await page.getByRole('button', { name: 'Delete' }).press('Enter');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
}
