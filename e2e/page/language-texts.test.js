import assert from 'node:assert/strict';
import { serveBrand, serveSettings } from '../support/brands.js';
import {
  completeAnswer,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

for (const language of ['de', 'fr', 'es', 'it', 'pt', 'nl', 'ar'])
  pageTest(
    `the texts in ${language} fit into 320 px`,
    async ({ page }) => {
      await page.locator('html[data-ready]').waitFor();
      assert.deepEqual(await tooWide(page), []);
      await page.locator('#toggle-sidebar').click();
      assert.deepEqual(await tooWide(page), []);
      await page.locator('#open-settings').click();
      await page.locator('dialog[open] fieldset').first().waitFor();
      assert.deepEqual(await tooWide(page), []);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.locator('dialog [role=option]').first().waitFor();
      assert.deepEqual(await tooWide(page), []);
    },
    { locale: language, viewport: { width: 320, height: 640 } },
  );

pageTest(
  'texts of the operator stay as they are',
  async ({ page, gateway }) => {
    serveBrand(gateway, 'bakery');
    await page.goto('/');
    await page.getByText('What shall we bake?').waitFor();
    await page.getByRole('button', { name: 'Which breads are vegan?' }).waitFor();
    assert.equal(
      await page.locator('textarea[name=message]').getAttribute('placeholder'),
      'Ask about bread, cakes or opening hours',
    );
    assert.equal(
      await page.locator('#disclosure').textContent(),
      'Crumb & Crust ist eine KI und kann sich irren. Nachrichten gehen an api.openai.com. Please do not enter card numbers. · Privacy · Contact',
    );
    serveSettings(gateway, { BRAND_TITLE: 'Settings', GREETING: 'Search', SUGGESTIONS: 'Message' });
    await page.goto('/');
    await page.getByRole('button', { name: 'Einstellungen' }).waitFor();
    assert.equal(await page.locator('h1').textContent(), 'Settings');
    assert.equal(await page.locator('#greeting').textContent(), 'Search');
    assert.equal(await page.locator('#suggestions button').textContent(), 'Message');
  },
  { locale: 'de-DE' },
);

pageTest(
  'an error is said in the language of the page, an unknown one as the gateway says it',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Welche Flüsse sind lang?');
    (await gateway.nextExchange()).sendErrorEvent('rate_limited', 'Too many requests.');
    await page.getByText('Zu viele Anfragen. Bitte kurz warten und erneut versuchen.').waitFor();
    await page.getByRole('button', { name: 'Erneut versuchen' }).click();
    (await gateway.nextExchange()).sendErrorEvent('of_the_future', 'A later sentence.');
    await page.getByText('A later sentence.').waitFor();
  },
  { locale: 'de-DE' },
);

pageTest(
  'a missing access code is asked for in the language of the page, and keeps the message',
  async ({ page, gateway }) => {
    gateway.setAccessCode('geheim-geheim');
    await sendMessage(page, 'Welche Flüsse sind lang?');
    const dialog = page.getByRole('dialog', { name: 'Zugangscode' });
    await dialog.waitFor();
    await dialog.locator('input').fill('falsch-falsch');
    await dialog.getByRole('button', { name: 'Weiter' }).click();
    await dialog.getByText('Dieser Code ist nicht gültig.').waitFor();
    await dialog.locator('input').fill('geheim-geheim');
    await dialog.getByRole('button', { name: 'Weiter' }).click();
    await completeAnswer(page, gateway, 'Der Nil');
    await page.locator('article[data-role=user]').getByText('Welche Flüsse sind lang?').waitFor();
  },
  { locale: 'de-DE', capabilities: ['resume'] },
);

pageTest(
  'dialogs, code and figures have the texts of the language',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Welche Flüsse sind lang?');
    await completeAnswer(page, gateway, 'Der Nil');
    await sendMessage(page, 'Und Code?');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('```js\n1;\n```\n\n![Karte](https://example.org/m.png)');
    exchange.complete();
    await lastAnswer(page).getByRole('button', { name: 'JavaScript-Code kopieren' }).waitFor();
    const image = lastAnswer(page).locator('.image');
    assert.equal(
      await image.evaluate(link => getComputedStyle(link, '::before').content),
      '"Bild: "',
    );
    await page
      .getByText(/^scripted-1 · \d+,\d s bis zum ersten Wort/)
      .first()
      .waitFor();
    await page.getByRole('heading', { name: 'Heute' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Unterhaltungen und Befehle suchen' }).waitFor();
    await page.getByText('Strg+Umschalt+O').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Einstellungen' }).click();
    await page.getByRole('dialog', { name: 'Einstellungen' }).waitFor();
  },
  { locale: 'de-DE' },
);

pageTest(
  'what is spoken of code, tasks and images has the texts of the language',
  async ({ page, gateway }) => {
    const announcements = await recordAnnouncements(page);
    await sendMessage(page, 'Was ist zu tun?');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('```js\n1;\n2;\n```\n\n- [x] Lesen\n- [ ] Schreiben\n\n');
    exchange.sendDelta('![](https://example.org/m.png)');
    exchange.complete();
    await announcements.waitFor(
      'JavaScript-Code: 2 Zeilen\nErledigt: Lesen\nZu erledigen: Schreiben',
    );
    await announcements.waitFor('Antwort vollständig, 9 Wörter');
    assert.equal(await lastAnswer(page).locator('.image').textContent(), 'Bild');
  },
  { locale: 'de-DE' },
);

pageTest(
  'a message and an answer are not said to be in the language of the page',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Which rivers are long?');
    await completeAnswer(page, gateway, 'The Nile');
    const languages = await page
      .locator('.turn-text')
      .evaluateAll(texts => texts.map(text => text.getAttribute('lang')));
    assert.deepEqual(languages, ['', '']);
  },
  { locale: 'de-DE' },
);

/** The texts of what is wider than the window, or than its own box. @param {Page} page */
function tooWide(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, a, p, label, legend, h1, h2, h3, [role=option]')]
      .filter(element => element.checkVisibility() && !element.closest('.sr-only'))
      .filter(element => {
        const { left, right } = element.getBoundingClientRect();
        return left < 0 || right > innerWidth || element.scrollWidth > element.clientWidth + 1;
      })
      .filter(element => element.clientWidth > 1 && getComputedStyle(element).display !== 'inline')
      .map(({ textContent }) => textContent),
  );
}
