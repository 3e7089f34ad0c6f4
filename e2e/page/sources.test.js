import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import {
  ACTIVE,
  citeFile,
  citePage,
  fold,
  sendReasoning,
  sendSearch,
  sources,
} from '../support/activity.js';
import { lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';
import { importFiles } from '../support/import-dialog.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */

pageTest(
  'the sources of an answer stand below it, each once',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    exchange.sendDelta('Tea ([a.example](https://a.example/?utm_source=openai)).');
    citePage(exchange, 'https://a.example/?utm_source=openai', 'Tea prices');
    citePage(exchange, 'https://a.example/', 'The same page');
    citePage(exchange, 'https://b.example/x');
    citeFile(exchange, 'list.pdf');
    await lastAnswer(page).getByText('Tea').waitFor();
    assert.equal(await sources(page).isVisible(), false); // not while the text grows
    exchange.complete();
    await sources(page).getByText('Sources (3)').waitFor();
    await sources(page).locator('summary').press('Enter');
    await sources(page).getByRole('listitem').first().waitFor();
    assert.deepEqual(await sources(page).getByRole('listitem').allTextContents(), [
      'Tea prices a.example',
      'b.example',
      'list.pdf',
    ]);
    const link = sources(page).getByRole('link', { name: 'Tea prices' });
    assert.equal(await link.getAttribute('href'), 'https://a.example/');
    assert.match((await link.getAttribute('rel')) ?? '', /noopener noreferrer nofollow/);
    assert.equal(await sources(page).getByRole('link').count(), 2);
    const inText = lastAnswer(page).locator('.turn-text a');
    assert.equal(await inText.getAttribute('href'), 'https://a.example/');
    await lastAnswer(page).getByRole('button', { name: 'Copy answer' }).click();
    await page.getByRole('status').getByText('Copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, 'Tea ([a.example](https://a.example/)).');
  },
  { ...ACTIVE, permissions: ['clipboard-read', 'clipboard-write'] },
);

pageTest(
  'hostile results are text, and their addresses no links',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    const markup = '<img src=x onerror=alert(1)>';
    sendSearch(exchange, 0, { query: `${markup}\u202e${'q'.repeat(10_000)}` });
    sendSearch(exchange, 1, { url: 'javascript:alert(1)' });
    await fold(page).getByText('Searching the web', { exact: true }).waitFor();
    for (const url of ['javascript:alert(1)', 'data:text/html,x', '/x', 'file:///etc/passwd', null])
      citePage(exchange, url, 'Click');
    citePage(exchange, 'https://a.example/1', `${markup}\u202egnp.exe`);
    citePage(exchange, 'https://a.example/2', 'x'.repeat(10_000));
    citePage(exchange, 'https://a.example/3', { toString: 1 });
    citeFile(exchange, `\u202e${markup}`);
    for (let index = 4; index < 60; index++) citePage(exchange, `https://a.example/${index}`, 'y');
    exchange.sendDelta('Well.');
    exchange.complete();
    await sources(page).getByText('Sources (20)').waitFor();
    await sources(page).locator('summary').click();
    await fold(page).locator('summary').click();
    const links = sources(page).getByRole('link');
    await links.first().waitFor();
    assert.equal(await links.first().textContent(), `${markup} gnp.exe`);
    assert.equal((await links.nth(1).textContent())?.length, 200);
    assert.equal(await links.nth(2).textContent(), 'a.example');
    assert.equal(await sources(page).locator('bdi').count(), 20);
    const turn = await lastAnswer(page).evaluate(root => ({
      active: root.querySelectorAll('img, script, iframe, [onerror]').length,
      text: root.textContent ?? '',
    }));
    assert.equal(turn.active, 0);
    assert.doesNotMatch(turn.text, /[\u202a-\u202e\u2066-\u2069]/);
    await page.setViewportSize({ width: 320, height: 640 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    const overflow = await page
      .locator('#thread')
      .evaluate(root => root.scrollWidth - root.clientWidth);
    assert.equal(overflow, 0);
  },
  ACTIVE,
);

pageTest(
  'an answer that begins again has only the sources of the other model',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    exchange.sendDelta('Old.');
    citePage(exchange, 'https://old.example/', 'Old');
    await lastAnswer(page).getByText('Old.').waitFor();
    exchange.restart('scripted-2');
    exchange.sendDelta('New.');
    citePage(exchange, 'https://new.example/', 'New');
    exchange.complete();
    await sources(page).getByText('Sources (1)').waitFor();
    await sources(page).locator('summary').click();
    await sources(page).getByRole('link', { name: 'New' }).waitFor();
  },
  ACTIVE,
);

pageTest(
  'an export has sources, an archive all of it, and an import keeps it',
  async ({ page, gateway }) => {
    const exchange = await ask(page, gateway);
    sendReasoning(exchange, 'Secret reasons.');
    sendSearch(exchange, 1, { query: 'tea' });
    exchange.sendDelta('Tea ([a.example](https://a.example/?utm_source=openai)).');
    citePage(exchange, 'https://a.example/', 'A page');
    citeFile(exchange, 'list.pdf');
    exchange.complete();
    await sources(page).getByText('Sources (2)').waitFor();
    const markdown = await exportOne(page, 'Markdown');
    assert.equal(
      markdown,
      '# What does tea cost?\n\n## You\n\nWhat does tea cost?\n\n## Assistant\n\nTea ([a.example](https://a.example/)).\n\nSources:\n\n- [A page](<https://a.example/>)\n- list.pdf\n',
    );
    const archive = await exportOne(page, 'JSON');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('What can I help with?').waitFor();
    const buffer = Buffer.from(archive);
    await importFiles(page, { name: 'a.json', mimeType: 'application/json', buffer });
    await page.getByRole('dialog').getByText('1 conversation imported').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('navigation').getByRole('link', { name: 'What does tea cost?' }).click();
    await fold(page)
      .getByText(/^Thought for \d+ s · Searched: tea$/)
      .waitFor();
    await fold(page).locator('summary').click();
    await fold(page).getByText('Secret reasons.').waitFor();
    await sources(page).getByText('Sources (2)').waitFor();
    assert.equal(await exportOne(page, 'JSON'), archive);
  },
  ACTIVE,
);

/**
 * @param {Page} page
 * @param {ScriptedGateway} gateway
 */
async function ask(page, gateway) {
  await sendMessage(page, 'What does tea cost?');
  return gateway.nextExchange();
}

/**
 * @param {Page} page
 * @param {string} format
 */
async function exportOne(page, format) {
  const more = page.getByRole('button', { name: 'More for “What does tea cost?”' });
  if ((await more.getAttribute('aria-expanded')) !== 'true') await more.press('Enter');
  await page.getByRole('button', { name: 'Export' }).press('Enter');
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: format }).click();
  return readFile(await (await download).path(), 'utf8');
}
