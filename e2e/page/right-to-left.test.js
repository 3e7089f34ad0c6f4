import assert from 'node:assert/strict';
import { axeViolations } from '../support/axe-violations.js';
import { serveSettings } from '../support/brands.js';
import {
  animationsFinished,
  completeAnswer,
  lastAnswer,
  pageTest,
  sendMessage,
} from '../support/chat-page.js';

/** @import { Locator, Page } from 'playwright-core' */

const ARABIC = { locale: 'ar' };
const ANSWER = [
  'النيل طويل، و`code` قصير.',
  'An English paragraph.',
  '```js\nconst length = 6650;\n```',
  '- عنصر',
  '\\[ a^2 + b^2 \\]',
].join('\n\n');

for (const width of [1280, 390, 320])
  for (const colorScheme of /** @type {const} */ (['light', 'dark']))
    pageTest(
      `the page is mirrored at ${width} px (${colorScheme})`,
      async ({ page, gateway }) => {
        await page.setViewportSize({ width, height: 720 });
        await fits(page, width);
        await ask(page, gateway);
        await fits(page, width);
        const thread = await box(page.locator('#turns'));
        const middle = thread.x + thread.width / 2;

        const question = await box(page.locator('article[data-role=user] .turn-text'));
        assert.ok(Math.abs(question.x - thread.x) < 1, 'the question is on the left');
        const answer = await textBox(lastAnswer(page).locator('p').first());
        assert.ok(answer.x + answer.width > middle, 'the answer begins on the right');
        const send = await box(page.locator('#send'));
        const attach = await box(page.locator('[name=attach]'));
        assert.ok(send.x < attach.x, 'the send button is on the left');
        const toggle = await box(page.locator('#toggle-sidebar'));
        assert.ok(toggle.x > middle, 'the button of the sidebar is on the right');
        await page.locator('textarea[name=message]:placeholder-shown').waitFor();
        assert.equal(await style(page.locator('textarea[name=message]'), 'direction'), 'rtl');
      },
      { ...ARABIC, colorScheme },
    );

pageTest(
  'the sidebar, its drawer and its list are on the right',
  async ({ page, gateway }) => {
    await ask(page, gateway);
    const sidebar = await box(page.locator('#sidebar'));
    assert.equal(sidebar.x + sidebar.width, 1280);
    const row = page.locator('#conversation-list li').first();
    await row.hover();
    const more = await box(row.getByRole('button'));
    assert.ok(more.x < sidebar.x + sidebar.width / 2, 'the button of a row is on its left');

    await page.setViewportSize({ width: 390, height: 720 });
    await page.locator('#toggle-sidebar').click();
    await animationsFinished(page);
    const drawer = await box(page.locator('#drawer'));
    assert.equal(drawer.x + drawer.width, 390);
    assert.ok(drawer.x > 0);
  },
  ARABIC,
);

pageTest(
  'code and formulas stay left to right, a text has its own direction',
  async ({ page, gateway }) => {
    await ask(page, gateway);
    const answer = lastAnswer(page);
    for (const selector of ['figure', 'pre', '.maths-block'])
      assert.equal(await style(answer.locator(selector).first(), 'direction'), 'ltr', selector);
    const english = answer.getByText('An English paragraph.');
    assert.equal(await style(english, 'direction'), 'ltr');
    assert.equal((await textBox(english)).x, (await box(english)).x);
    const list = await box(answer.locator('ul'));
    const item = await textBox(answer.locator('li'));
    assert.ok(item.x > list.x + list.width / 2, 'an item is on the right');
  },
  ARABIC,
);

pageTest(
  'icons that mean a direction are mirrored, others are not',
  async ({ page, gateway }) => {
    await ask(page, gateway);
    await lastAnswer(page).getByRole('button', { name: 'إعادة الإنشاء' }).click();
    await completeAnswer(page, gateway, 'النيل');
    const previous = lastAnswer(page).getByRole('button', { name: 'النسخة السابقة' });
    const next = lastAnswer(page).getByRole('button', { name: 'النسخة التالية' });
    assert.ok((await box(previous)).x > (await box(next)).x);
    for (const mirrored of [previous, next, page.locator('#toggle-sidebar')])
      assert.equal(await style(mirrored.locator('use'), 'transform'), 'matrix(-1, 0, 0, 1, 0, 0)');
    for (const plain of [page.locator('#send'), page.locator('[name=attach]')])
      assert.equal(await style(plain.locator('use'), 'transform'), 'none');
  },
  ARABIC,
);

pageTest('a page in English is not mirrored by an Arabic text', async ({ page, gateway }) => {
  await sendMessage(page, 'ما أطول الأنهار؟');
  await completeAnswer(page, gateway, 'النيل');
  const bubble = page.locator('article[data-role=user] .turn-text');
  assert.equal(await style(bubble, 'direction'), 'rtl');
  const [question, turns] = [await box(bubble), await box(page.locator('#turns'))];
  assert.ok(Math.abs(question.x + question.width - turns.x - turns.width) < 1);
  assert.notEqual(
    await style(bubble, 'borderBottomRightRadius'),
    await style(bubble, 'borderBottomLeftRadius'),
  );
  assert.equal(
    await style(bubble, 'borderBottomLeftRadius'),
    await style(bubble, 'borderTopLeftRadius'),
  );
});

pageTest(
  'the figures of an answer stand in their order beside the name of a model',
  async ({ page, gateway }) => {
    await ask(page, gateway);
    const meta = page.getByText(/حتى الكلمة الأولى/);
    assert.match((await meta.textContent()) ?? '', /^scripted-1 · \u200f\d+\.\d ث/);
  },
  ARABIC,
);

for (const [language, words] of Object.entries({
  de: { settings: 'Einstellungen', code: 'Zugangscode' },
  ar: { settings: 'الإعدادات', code: 'رمز الدخول' },
}))
  for (const colorScheme of /** @type {const} */ (['light', 'dark']))
    pageTest(
      `axe reports no violation in ${language} (${colorScheme})`,
      async ({ page, gateway }) => {
        serveSettings(gateway, { PAGE_LANGUAGE: language });
        await page.goto('/');
        await page.locator('html[data-ready]').waitFor();
        assert.deepEqual(await axeViolations(page), [], 'empty');
        await ask(page, gateway);
        assert.deepEqual(await axeViolations(page), [], 'a conversation');
        await page.locator('#open-settings').click();
        await page.getByRole('dialog', { name: words.settings }).waitFor();
        await animationsFinished(page);
        assert.deepEqual(await axeViolations(page), [], 'settings');
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+k');
        await page.locator('dialog [role=option]').first().waitFor();
        await animationsFinished(page);
        assert.deepEqual(await axeViolations(page), [], 'palette');
        await page.keyboard.press('Escape');
        gateway.setAccessCode('a-code-of-letters');
        await sendMessage(page, 'Und?');
        await page.getByRole('dialog', { name: words.code }).waitFor();
        await animationsFinished(page);
        assert.deepEqual(await axeViolations(page), [], 'access code');
      },
      { colorScheme, capabilities: ['resume'] },
    );

/**
 * @param {Page} page
 * @param {import('../support/chat-page.js').ScriptedGateway} gateway
 */
async function ask(page, gateway) {
  await sendMessage(page, 'ما أطول الأنهار؟');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta(ANSWER);
  exchange.complete();
  await page.locator('[data-status=complete] math').waitFor();
}

/** @param {Page} page @param {number} width */
async function fits(page, width) {
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
}

/** @param {Locator} locator */
async function box(locator) {
  const found = await locator.boundingBox();
  assert.ok(found, 'is visible');
  return found;
}

/** The place of the text of an element. @param {Locator} locator */
function textBox(locator) {
  return locator.evaluate(element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const { x, width } = range.getBoundingClientRect();
    return { x, width };
  });
}

/** @param {Locator} locator @param {keyof CSSStyleDeclaration} property */
function style(locator, property) {
  return locator.evaluate(
    (element, property) => String(getComputedStyle(element)[property]),
    property,
  );
}
