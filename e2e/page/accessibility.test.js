import assert from 'node:assert/strict';
import {
  ACTIVE,
  citeFile,
  citePage,
  fold,
  sendReasoning,
  sendSearch,
  sources,
} from '../support/activity.js';
import { axeViolations } from '../support/axe-violations.js';
import { animationsFinished, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';
import { holdDatabase, importFiles } from '../support/import-dialog.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */
/** @typedef {(page: Page, gateway: ScriptedGateway) => Promise<unknown>} Steps */

const sizes = { narrow: { width: 320, height: 640 }, wide: { width: 1280, height: 800 } };
const ALL_MARKDOWN = [
  '# A heading',
  'Words, `code` and a [link](https://example.org).',
  '| River | Length |\n|---|---:|\n| Nile | 6650 |',
  '```js\n// how long\nconst length = 6650;\n```',
  '- [x] a task\n- an item\n\n> a quotation\n\n![an image](https://example.org/i.png)',
].join('\n\n');

/** The steps that lead to each state. @type {Record<string, Steps>} */
const states = {
  'the empty page': page => page.locator('#composer').waitFor(),
  'a streaming answer': async (page, gateway) => {
    await sendMessage(page, 'Which rivers are long?');
    (await gateway.nextExchange()).sendDelta(ALL_MARKDOWN);
    await lastAnswer(page).getByRole('table').waitFor();
  },
  'an error': async (page, gateway) => {
    await sendMessage(page, 'Which rivers are long?');
    (await gateway.nextExchange()).sendErrorEvent(
      'internal',
      'Something went wrong. Please try again.',
    );
    await page.getByRole('alert').waitFor();
  },
  'the palette': async page => {
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
  },
  settings: async page => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
  },
  'an import': async page => {
    await holdDatabase(page);
    const buffer = Buffer.from('[{"mapping":{}}]');
    await importFiles(page, { name: 'a.json', mimeType: 'application/json', buffer });
    await page.getByRole('progressbar', { name: 'Importing…' }).waitFor();
  },
  'the list of conversations': async (page, gateway) => {
    await sendMessage(page, 'Which rivers are long?');
    (await gateway.nextExchange()).complete();
    await page.setViewportSize(sizes.narrow);
    await page.locator('#toggle-sidebar').click();
    await page.getByRole('dialog').getByText('Which rivers are long?').waitFor();
  },
  'a conversation being renamed and one deleted': async (page, gateway) => {
    for (const title of ['Rivers', 'Seas']) {
      await page.keyboard.press('Control+Shift+O');
      await page.getByText('What can I help with?').waitFor();
      await sendMessage(page, title);
      (await gateway.nextExchange()).complete();
      await page.locator('[data-status=complete]').waitFor();
    }
    await page.getByRole('button', { name: 'More for “Seas”' }).press('Enter');
    await page.getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.getByRole('button', { name: 'More for “Rivers”' }).press('Enter');
    await page.getByRole('button', { name: 'Rename' }).press('Enter');
    await page.getByRole('textbox', { name: 'Title' }).waitFor();
  },
  'an answer with code and a table': async (page, gateway) => {
    await sendMessage(page, 'Which rivers are long?');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta(ALL_MARKDOWN);
    exchange.complete();
    await page.locator('[data-status=complete] figure').waitFor();
    await page.getByRole('button', { name: 'Copy answer' }).hover();
  },
  'a search in the list and one in the palette': async (page, gateway) => {
    await sendMessage(page, 'Which rivers are long?');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('The Nile');
    exchange.complete();
    await page.locator('[data-status=complete]').waitFor();
    await page.getByRole('searchbox').fill('nile');
    await page.locator('#conversation-list mark').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('nile');
    await page.getByRole('option').locator('mark').waitFor();
  },
  'a question with code and an open file': async (page, gateway) => {
    await sendMessage(page, 'Why?\n\n```js\n1;\n```\n\na.txt:\n```txt\nmilk\n```\n');
    (await gateway.nextExchange()).complete();
    await page.locator('summary').click();
    await page.getByText('milk').waitFor();
  },
  'the confirmation of Delete all': async (page, gateway) => {
    await sendMessage(page, 'Which rivers are long?');
    (await gateway.nextExchange()).complete();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Delete all' }).click();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
  },
  'a refused file while offline': async page => {
    const buffer = Buffer.from('\0');
    const file = { name: 'a.png', mimeType: 'image/png', buffer };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.locator('#not-attached').waitFor();
    await page.context().setOffline(true);
    await page.locator('#offline').waitFor();
  },
  'a question being edited': async (page, gateway) => {
    await sendMessage(page, 'Which rivers are long?');
    (await gateway.nextExchange()).complete();
    await page.locator('[data-status=complete]').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('textbox', { name: 'Edit message' }).waitFor();
  },
};

/** States of a gateway with everything that a model can do. @type {Record<string, Steps>} */
const activeStates = {
  'the choices of an answer': async page => {
    await page.getByRole('button', { name: 'Search the web' }).click();
    await page.getByRole('combobox', { name: 'Model' }).selectOption('b');
  },
  reasoning: async (page, gateway) => {
    await sendMessage(page, 'Which rivers are long?');
    sendReasoning(await gateway.nextExchange(), `**Rivers**\n\n${'The Nile. '.repeat(400)}`);
    await fold(page).getByText('The Nile.').waitFor();
  },
  'a search': async (page, gateway) => {
    await sendMessage(page, 'Which rivers are long?');
    sendSearch(await gateway.nextExchange(), 0, { query: 'rivers' });
    await fold(page).getByText('Searching: rivers', { exact: true }).waitFor();
  },
  'an answer with reasoning and sources': async (page, gateway) => {
    await sendMessage(page, 'Which rivers are long?');
    const exchange = await gateway.nextExchange();
    sendReasoning(exchange, 'Rivers.');
    sendSearch(exchange, 1, { query: 'rivers' });
    exchange.sendDelta('The Nile.');
    citePage(exchange, 'https://a.example/', 'Rivers of the world');
    citeFile(exchange, 'rivers.pdf');
    exchange.complete();
    await sources(page).locator('summary').click();
    await fold(page).locator('summary').click();
    await fold(page).getByRole('listitem').waitFor();
  },
};
const ACTIVE_OPTIONS = { ...ACTIVE, models: [{ id: 'a' }, { id: 'b', label: 'Fast' }] };

for (const [state, steps] of Object.entries(states)) test(state, steps);
for (const [state, steps] of Object.entries(activeStates)) test(state, steps, ACTIVE_OPTIONS);

/**
 * @param {string} state
 * @param {Steps} steps
 * @param {typeof ACTIVE_OPTIONS} [options]
 */
function test(state, steps, options) {
  const body = async (/** @type {Parameters<Parameters<typeof pageTest>[1]>[0]} */ fixtures) => {
    const { page, gateway } = fixtures;
    await steps(page, gateway);
    for (const size of Object.values(sizes)) {
      await page.setViewportSize(size);
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(page), [], `${colorScheme}, ${size.width} pixels`);
      }
    }
  };
  pageTest(`axe reports no violation in ${state}`, body, options);
}

/**
 * The violations that axe reports after the end of all animations.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function violations(page) {
  await animationsFinished(page);
  return axeViolations(page);
}
