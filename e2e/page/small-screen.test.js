import assert from 'node:assert/strict';
import {
  completeAnswer,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';

/** @import { Locator, Page } from 'playwright-core' */

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const ZOOMED = { viewport: { width: 320, height: 256 } }; // 1280 × 1024 at 400 %
const TABLE = `| # | Mountain | First ascent and its history | Country |
|---|---|---|---|
| 1 | Everest | Edmund Hillary and Tenzing Norgay in 1953 | Nepal |
| 2 | K2 | Achille Compagnoni and Lino Lacedelli in 1954 | Pakistan |`;

pageTest(
  'the empty page of a phone has the composer at the bottom',
  async ({ page }) => {
    const composer = await box(page.locator('#composer'));
    const disclosure = await box(page.locator('#disclosure'));
    assert.equal(disclosure.top, composer.bottom);
    assert.ok(844 - disclosure.bottom <= 16, `${844 - disclosure.bottom} px below`);
    const suggestions = await box(page.locator('#suggestions'));
    assert.ok(suggestions.bottom <= composer.top);
    assert.ok((await box(page.locator('#greeting'))).bottom <= suggestions.top);
  },
  PHONE,
);

pageTest(
  'at 400 % zoom most of the height is for the answer',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    await completeAnswer(page, gateway, 'Hi');
    const thread = await box(page.locator('#thread'));
    assert.ok(thread.height > 0.55 * 256, `${thread.height} px`);
    for (const name of ['Attach text files', 'Send', 'Conversations'])
      assert.equal(await page.getByRole('button', { name }).isVisible(), true, name);
  },
  ZOOMED,
);

pageTest(
  'at 400 % zoom the empty page scrolls to its suggestions, and the composer stays',
  async ({ page }) => {
    const last = page.getByRole('button', { name: 'Write a haiku about streams' });
    await last.scrollIntoViewIfNeeded();
    const [suggestion, composer] = [await box(last), await box(page.locator('#composer'))];
    assert.ok(suggestion.top >= 36 && suggestion.bottom <= composer.top, `${suggestion.bottom}`);
    assert.ok(composer.bottom <= 256);
    await last.click();
    assert.match(await page.locator('textarea').inputValue(), /haiku/);
  },
  ZOOMED,
);

pageTest(
  'at 400 % zoom dialogs and the drawer fit, and their ends can be reached',
  async ({ page }) => {
    await page.getByRole('button', { name: 'Conversations' }).click();
    await page.getByRole('button', { name: 'Settings' }).click();
    const settings = page.getByRole('dialog', { name: 'Settings' });
    const close = settings.getByRole('button', { name: 'Close' });
    for (const each of [settings, close]) {
      const { top, bottom } = await box(each);
      assert.ok(top >= 0 && bottom <= 256, `${top} to ${bottom}`);
    }
    const last = settings.getByText('Settings and keyboard shortcuts');
    await last.scrollIntoViewIfNeeded();
    assert.ok((await box(last)).bottom <= 256);
    assert.equal(await close.isVisible(), true);
  },
  ZOOMED,
);

pageTest(
  'a shadow shows on which side a table has more columns',
  async ({ page, gateway }) => {
    await answerWith(TABLE);
    const table = lastAnswer(page).getByRole('region');
    assert.deepEqual(await shadows(table), { start: 0, end: 1 });
    await scrollBy(table, 60);
    assert.deepEqual(await shadows(table), { start: 1, end: 1 });
    await scrollBy(table, 9999);
    assert.deepEqual(await shadows(table), { start: 1, end: 0 });

    await answerWith('| a | b |\n|---|---|\n| 1 | 2 |');
    assert.deepEqual(await shadows(lastAnswer(page).getByRole('region')), { start: 0, end: 0 });
    await page.evaluate(() => {
      const withoutTimelines = new CSSStyleSheet();
      withoutTimelines.insertRule('::before, ::after { animation-timeline: auto !important }');
      document.adoptedStyleSheets.push(withoutTimelines);
    });
    assert.deepEqual(await shadows(table), { start: 0, end: 0 }); // as in Firefox

    /** @param {string} markdown */
    async function answerWith(markdown) {
      const answers = page.locator('article[data-role=assistant]');
      const before = await answers.count();
      await page.locator('textarea[name=message]').fill('A table');
      await page.getByRole('button', { name: 'Send' }).tap();
      const exchange = await gateway.nextExchange();
      exchange.sendDelta(markdown);
      exchange.complete();
      await answers.nth(before).and(page.locator('[data-status=complete]')).waitFor();
    }
  },
  PHONE,
);

pageTest(
  'a column of words keeps a readable width on a phone, and one of numbers is narrow',
  async ({ page, gateway }) => {
    await page.locator('textarea[name=message]').fill('A table');
    await page.getByRole('button', { name: 'Send' }).tap();
    const exchange = await gateway.nextExchange();
    exchange.sendDelta(TABLE);
    exchange.complete();
    await page.locator('[data-status=complete] td').first().waitFor();
    const widths = await page
      .locator('th')
      .evaluateAll(cells => cells.map(cell => cell.getBoundingClientRect().width));
    assert.ok(widths[2] >= 192, `${widths}`);
    assert.ok(widths[0] < 60, `${widths}`);
  },
  PHONE,
);

/** The opacity of the shadow at each end of the line. @param {Locator} table */
function shadows(table) {
  return table.evaluate(async node => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    const opacity = (/** @type {string} */ pseudo) =>
      Math.round(Number(getComputedStyle(node, pseudo).opacity));
    return { start: opacity('::before'), end: opacity('::after') };
  });
}

/**
 * @param {Locator} table
 * @param {number} left
 */
function scrollBy(table, left) {
  return table.evaluate((node, left) => node.scrollBy({ left, behavior: 'instant' }), left);
}

/** @param {Locator} locator */
async function box(locator) {
  await locator.waitFor();
  return locator.evaluate(node => {
    const { top, bottom, height } = node.getBoundingClientRect();
    return { top, bottom, height };
  });
}

pageTest(
  'Ctrl+Enter of a hardware keyboard sends on a touch screen, and Enter does not',
  async ({ page, gateway }) => {
    const field = page.locator('textarea[name=message]');
    await field.fill('Why?');
    await page.keyboard.press('Enter');
    assert.equal(await field.inputValue(), 'Why?\n');
    await page.keyboard.press('Control+Enter');
    await completeAnswer(page, gateway, 'Because.');
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('name')),
      'message',
    );
    await page.locator('[data-role=user]').getByRole('button', { name: 'Edit' }).tap();
    const editor = page.getByRole('textbox', { name: 'Edit message' });
    await editor.fill('How?');
    await page.keyboard.press('Control+Enter');
    await completeAnswer(page, gateway, 'Like this.');
  },
  PHONE,
);

for (const [what, open] of /** @type {[string, (page: Page) => Promise<unknown>][]} */ ([
  ['drawer', page => page.locator('#toggle-sidebar').tap()],
  ['palette', page => page.keyboard.press('Control+KeyK')],
]))
  pageTest(
    `an answer is announced while the ${what} is open`,
    async ({ page, gateway }) => {
      await page.locator('textarea[name=message]').fill('Why?');
      await page.locator('#send').tap();
      const exchange = await gateway.nextExchange();
      await open(page);
      await page.locator('dialog:modal').waitFor();
      const announcements = await recordAnnouncements(page);
      exchange.sendDelta('Because.');
      await announcements.waitFor('Answering');
    },
    PHONE,
  );
