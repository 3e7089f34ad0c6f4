import assert from 'node:assert/strict';
import { serveSettings } from '../support/brands.js';
import { completeAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const GREETINGS = {
  de: 'Wobei kann ich helfen?',
  fr: 'Comment puis-je vous aider ?',
  es: '¿En qué puedo ayudarte?',
  it: 'Come posso aiutarti?',
  pt: 'Como posso ajudar?',
  nl: 'Waarmee kan ik helpen?',
  ar: 'كيف يمكنني مساعدتك؟',
};
const GERMAN = '**/assets/de-*.js';
const field = (/** @type {Page} */ page) => page.locator('textarea[name=message]');

for (const [locale, language] of /** @type {const} */ ([
  ['de-AT', 'de'],
  ['fr-CA', 'fr'],
  ['es-419', 'es'],
  ['it', 'it'],
  ['pt-BR', 'pt'],
  ['nl-BE', 'nl'],
  ['ar-EG', 'ar'],
]))
  pageTest(
    `a browser in ${locale} gets the page in ${language}, with one file`,
    async ({ page }) => {
      await page.getByText(GREETINGS[language]).waitFor();
      await page.locator('html[data-ready]').waitFor();
      assert.equal(await attribute(page, 'lang'), language);
      assert.equal(await attribute(page, 'dir'), language === 'ar' ? 'rtl' : 'ltr');
      assert.deepEqual(await languageFiles(page), [language]);
      assert.equal(await page.title(), 'Minimal Chatbot');
    },
    { locale },
  );

for (const locale of ['en-GB', 'fi-FI', 'arn', 'frr'])
  pageTest(
    `a browser in ${locale} gets English, and loads no language`,
    async ({ page }) => {
      await page.getByText('What can I help with?').waitFor();
      await page.locator('html[data-ready]').waitFor();
      await page.waitForLoadState('networkidle');
      assert.equal(await attribute(page, 'lang'), 'en');
      assert.deepEqual(await languageFiles(page), []);
    },
    { locale },
  );

for (const [tags, language] of /** @type {[string[], string][]} */ ([
  [['fi-FI', 'nl-NL', 'en'], 'nl'],
  [['fi-FI', 'en-US', 'de'], 'en'],
  [['zh-Hant-TW', 'DE-ch'.toLowerCase()], 'de'],
]))
  pageTest(`of ${tags} the page takes ${language}`, async ({ page }) => {
    await page.addInitScript(languages => {
      Object.defineProperty(Navigator.prototype, 'languages', { get: () => languages });
    }, tags);
    await page.goto('about:blank');
    await page.goto('/');
    await page.locator('html[data-ready]').waitFor();
    assert.equal(await attribute(page, 'lang'), language);
  });

pageTest(
  'the language of the operator beats that of the browser',
  async ({ page, gateway }) => {
    serveSettings(gateway, { PAGE_LANGUAGE: 'de' });
    await page.goto('/');
    await page.getByText(GREETINGS.de).waitFor();
    await page.locator('html[data-ready]').waitFor();
    assert.deepEqual(await languageFiles(page), ['de']);

    serveSettings(gateway, { PAGE_LANGUAGE: 'en' });
    await page.goto('/');
    await page.getByText('What can I help with?').waitFor();
    await page.locator('html[data-ready]').waitFor();
    assert.deepEqual(await languageFiles(page), []);
  },
  { locale: 'fr-FR' },
);

pageTest('the language of the operator is there before any script runs', async fixtures => {
  const { page, gateway } = fixtures;
  serveSettings(gateway, { PAGE_LANGUAGE: 'ar', BRAND_TITLE: 'Hafen' });
  await page.route('**/*.js', () => {}); // only the inline scripts run
  await page.goto('/', { waitUntil: 'commit' });
  await page.getByText(GREETINGS.ar).waitFor();
  await page.getByText('إجابات Hafen يولّدها الذكاء الاصطناعي وقد تكون خاطئة.').waitFor();
  assert.equal(await attribute(page, 'lang'), 'ar');
  assert.equal(await attribute(page, 'dir'), 'rtl');
  assert.equal(await field(page).getAttribute('placeholder'), 'اسأل عن أي شيء');
});

pageTest(
  'a page in the language of the browser shows no English first',
  async ({ page }) => {
    // Without the limit of one second, which can pass before this test has looked.
    await page.addInitScript(() => {
      const { setTimeout } = window;
      const unlimited = (/** @type {() => void} */ run, /** @type {number} */ ms) =>
        ms === 1000 ? 0 : setTimeout(run, ms);
      Object.assign(window, { setTimeout: unlimited });
    });
    const request = page.waitForRequest(GERMAN);
    const { release } = await held(page);
    await page.goto('/', { waitUntil: 'commit' });
    await request;
    await page.locator('#greeting').waitFor({ state: 'attached' });
    assert.equal(await page.locator('#greeting').isVisible(), false);
    release();
    await page.getByText(GREETINGS.de).waitFor();
    await page.locator('html[data-ready]').waitFor();
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('name'));
    assert.equal(focused, 'message');
  },
  { locale: 'de-DE' },
);

pageTest(
  'a page whose language is late is shown in English for the time being',
  async ({ page }) => {
    const { release } = await held(page);
    await page.goto('/', { waitUntil: 'commit' });
    await page.getByText('What can I help with?').waitFor();
    await field(page).fill('Welche Flüsse sind lang?');
    release();
    await page.getByText(GREETINGS.de).waitFor();
    await page.locator('html[data-ready]').waitFor();
    assert.equal(await field(page).inputValue(), 'Welche Flüsse sind lang?');
    await page.getByRole('button', { name: 'Senden', disabled: false }).waitFor();
  },
  { locale: 'de-DE' },
);

pageTest(
  'a page whose language cannot be loaded works in English',
  async ({ page, gateway }) => {
    await page.route(GERMAN, route => route.abort());
    await page.goto('about:blank');
    await page.goto('/');
    await page.getByText('What can I help with?').waitFor();
    await sendMessage(page, 'Which rivers are long?');
    await completeAnswer(page, gateway, 'The Nile');
    assert.equal(await attribute(page, 'lang'), 'en');
  },
  { locale: 'de-DE' },
);

/** @param {Page} page @param {string} name */
function attribute(page, name) {
  return page.locator('html').getAttribute(name);
}

/** The languages whose texts the page has loaded. @param {Page} page */
function languageFiles(page) {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /\/assets\/([a-z]{2})-[0-9a-f]{8}\.js$/.exec(name)?.[1] ?? []),
  );
}

/** Keeps the texts of the language back. @param {Page} page */
async function held(page) {
  let release = () => {};
  const released = new Promise(resolve => {
    release = () => resolve(undefined);
  });
  await page.goto('about:blank');
  await page.route(GERMAN, route => released.then(() => route.continue()));
  return { release: () => release() };
}
