import assert from 'node:assert/strict';
import axe from 'axe-core';
import { answer, ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { Gateway } from '../support/chat-page.js' */
/** @typedef {(page: Page, gateway: Gateway) => Promise<unknown>} Way */

const sizes = { narrow: { width: 320, height: 640 }, wide: { width: 1280, height: 800 } };
const everything = [
  '# A heading',
  'Words, `code` and a [link](https://example.org).',
  '| River | Length |\n|---|---:|\n| Nile | 6650 |',
  '```js\n// how long\nconst length = 6650;\n```',
  '- [x] a task\n- an item\n\n> a quotation\n\n![an image](https://example.org/i.png)',
].join('\n\n');

/** How to get to each state. @type {Record<string, Way>} */
const states = {
  'the empty page': page => page.locator('#composer').waitFor(),
  'an answer being written': async (page, gateway) => {
    await ask(page, 'Which rivers are long?');
    (await gateway.asked()).say(everything);
    await answer(page).getByRole('table').waitFor();
  },
  'an error': async (page, gateway) => {
    await ask(page, 'Which rivers are long?');
    (await gateway.asked()).fail('internal', 'Something went wrong. Please try again.');
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
  'the list of conversations': async (page, gateway) => {
    await ask(page, 'Which rivers are long?');
    (await gateway.asked()).complete();
    await page.setViewportSize(sizes.narrow);
    await page.locator('#toggle-sidebar').click();
    await page.getByRole('dialog').getByText('Which rivers are long?').waitFor();
  },
  'a conversation renamed and another deleted': async (page, gateway) => {
    for (const title of ['Rivers', 'Seas']) {
      await page.keyboard.press('Control+Shift+O');
      await page.getByText('What can I help with?').waitFor();
      await ask(page, title);
      (await gateway.asked()).complete();
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
    await ask(page, 'Which rivers are long?');
    const question = await gateway.asked();
    question.say(everything);
    question.complete();
    await page.locator('[data-status=complete] figure').waitFor();
    await page.getByRole('button', { name: 'Copy answer' }).hover();
  },
  'a question being changed': async (page, gateway) => {
    await ask(page, 'Which rivers are long?');
    (await gateway.asked()).complete();
    await page.locator('[data-status=complete]').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('textbox', { name: 'Edit message' }).waitFor();
  },
};

for (const [state, reach] of Object.entries(states)) {
  pageTest(`axe finds nothing in ${state}`, async ({ page, gateway }) => {
    await reach(page, gateway);
    for (const size of Object.values(sizes)) {
      await page.setViewportSize(size);
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await findings(page), [], `${colorScheme}, ${size.width} pixels`);
      }
    }
  });
}

/**
 * What axe has to say against the page, once nothing moves any more.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function findings(page) {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
    const { violations } = await /** @type {typeof axe} */ (Reflect.get(window, 'axe')).run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
  });
}
