import assert from 'node:assert/strict';
import { axeViolations } from '../support/axe-violations.js';
import { brands, serveBrand, serveSettings } from '../support/brands.js';
import { completeAnswer, pageTest, sendMessage } from '../support/chat-page.js';

pageTest('the brand is there before any script runs', async ({ page, gateway }) => {
  serveBrand(gateway, 'bakery');
  await page.route('**/*.js', () => {}); // only the inline scripts run
  await page.goto('/', { waitUntil: 'commit' });
  await page.locator('#composer').waitFor();
  assert.equal(await page.title(), 'Crumb & Crust');
  await page.getByText('What shall we bake?').waitFor();
  await page.getByText('Crumb & Crust is an AI and can be wrong. Messages go to').waitFor();
  const accent = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--accent'),
  );
  assert.equal(accent, '#8a4b08');
  const logo = page.locator('#greeting img');
  assert.ok(await logo.evaluate(image => /** @type {HTMLImageElement} */ (image).naturalWidth > 0));
});

pageTest('the title of the page returns with a new chat', async ({ page, gateway }) => {
  serveBrand(gateway, 'library');
  await page.goto('/');
  await sendMessage(page, 'A question');
  await completeAnswer(page, gateway, 'An answer');
  assert.equal(await page.title(), 'A question – Frag die Bibliothek');
  await page.keyboard.press('Control+Shift+O');
  await page.getByText('Welches Buch ist das nächste?').waitFor();
  assert.equal(await page.title(), 'Frag die Bibliothek');
});

pageTest('a suggestion of the operator is put into the field', async ({ page, gateway }) => {
  serveBrand(gateway, 'bakery');
  await page.goto('/');
  await page.getByRole('button', { name: 'When do you open?' }).click();
  assert.equal(await page.locator('[name=message]').inputValue(), 'When do you open?');
});

pageTest('links stand beside the disclosure and open in a tab of their own', async fixtures => {
  const { page, gateway } = fixtures;
  serveBrand(gateway, 'bakery');
  await page.goto('/');
  const foot = page.locator('#disclosure');
  const privacy = foot.getByRole('link', { name: 'Privacy' });
  assert.equal(await privacy.getAttribute('href'), 'https://example.com/privacy');
  assert.equal(await privacy.getAttribute('rel'), 'noopener');
  await foot.getByText('Please do not enter card numbers.').waitFor();
  assert.equal(
    await foot.getByRole('link', { name: 'Contact' }).getAttribute('href'),
    'mailto:hello@example.com',
  );
});

pageTest('a page with few words fills the window', async ({ page, gateway }) => {
  const short = { BRAND_TITLE: 'A', GREETING: 'Hi', DISCLOSURE: 'AI.', SUGGESTIONS: 'B' };
  serveSettings(gateway, { ...short, PLACEHOLDER: 'C' });
  for (const width of [900, 640]) {
    await page.setViewportSize({ width, height: 640 });
    await page.goto('/');
    assert.equal((await page.locator('#page').boundingBox())?.width, width);
  }
});

for (const name of Object.keys(brands))
  for (const colorScheme of /** @type {const} */ (['light', 'dark']))
    pageTest(
      `axe reports no violation in the page of the ${name} (${colorScheme})`,
      async ({ page, gateway }) => {
        serveBrand(gateway, name);
        await page.goto('/');
        await page.locator('html[data-ready]').waitFor();
        for (const width of [1280, 320]) {
          await page.setViewportSize({ width, height: 640 });
          assert.deepEqual(await axeViolations(page), []);
          const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(scrollWidth <= width);
        }
        await sendMessage(page, 'A question');
        const exchange = await gateway.nextExchange();
        exchange.sendDelta('A [link](https://example.com).');
        exchange.complete();
        await page.locator('[data-status=complete]').getByRole('link', { name: 'link' }).waitFor();
        assert.deepEqual(await axeViolations(page), []);
      },
      { colorScheme },
    );
