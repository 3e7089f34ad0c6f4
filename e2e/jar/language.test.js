import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { noBrowser } from '../support/browser.js';
import { lastAnswer, sendMessage } from '../support/chat-page.js';
import { startGateway, startJar } from '../support/gateway.js';
import { pageTests } from './page-tests.js';
import { staticHost, staticPage } from './static-host.js';

/** @import { Gateway } from '../support/gateway.js' */

const TIMEOUT_MS = 120_000;
const DEMO = ['--spring.profiles.active=demo'];

test('the gateway names the languages that it has, and exits with 1', {
  timeout: TIMEOUT_MS,
}, async () => {
  const { exited, output } = startJar({ PAGE_LANGUAGE: 'de-AT' }, DEMO);
  assert.equal((await exited).code, 1);
  assert.match(output(), /^PAGE_LANGUAGE is none of auto, en, de, fr, es, it, pt, nl, ar$/m);
});

describe('a gateway with PAGE_LANGUAGE', { skip: noBrowser }, () => {
  /** @type {Gateway} */
  let gateway;
  before(async () => {
    gateway = await startGateway({ PAGE_LANGUAGE: 'ar', GREETING: 'Ahlan' }, DEMO);
  });
  after(() => gateway?.stop());
  const pageTest = pageTests(() => gateway);

  pageTest('the page, its manifest and an answer are in its language', async ({ page }) => {
    await page.getByText('Ahlan').waitFor();
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
    await sendMessage(page, 'Hello');
    await lastAnswer(page).getByRole('button', { name: 'نسخ الإجابة' }).waitFor();
    const { lang, dir, short_name } = await (await fetch(`${gateway.url}/manifest.json`)).json();
    assert.deepEqual([lang, dir, short_name], ['ar', 'rtl', 'دردشة']);
  });

  test('the texts of a language are compressed and cached forever', async () => {
    const page = await (await fetch(gateway.url)).text();
    const [, hash] = /assets\/\$\{l\}-([0-9a-f]{8})\.js/.exec(page) ?? [];
    const response = await fetch(`${gateway.url}/assets/ar-${hash}.js`, {
      headers: { 'Accept-Encoding': 'br' },
    });
    assert.equal(response.headers.get('Content-Encoding'), 'br');
    assert.match(response.headers.get('Cache-Control') ?? '', /max-age=31536000.*immutable/);
    assert.match(await response.text(), /إرسال/);
  });

  test('a page in another language has another tag', async () => {
    const { headers } = await fetch(gateway.url);
    const english = await startGateway({ PAGE_LANGUAGE: 'en', GREETING: 'Ahlan' }, DEMO);
    const other = await fetch(english.url);
    await english.stop();
    assert.notEqual(other.headers.get('ETag'), headers.get('ETag'));
  });
});

describe('a static page with PAGE_LANGUAGE', { skip: noBrowser }, () => {
  /** @type {Gateway} */
  let gateway;
  /** @type {Awaited<ReturnType<typeof staticHost>>} */
  let host;
  /** @type {ReturnType<typeof staticPage>} */
  let built;
  before(async () => {
    host = await staticHost(() => built.folder);
    gateway = await startGateway({ ALLOWED_ORIGINS: host.origin, SERVE_PAGE: 'false' }, DEMO);
    built = staticPage(gateway.url, 'dev-token', { PAGE_LANGUAGE: 'de' });
  });
  after(async () => {
    await Promise.all([gateway?.stop(), host?.close()]);
    built?.remove();
  });
  const pageTest = pageTests(
    () => gateway,
    () => host.origin,
  );

  pageTest('the page is in its language, with its manifest', async ({ page }) => {
    await page.getByText('Wobei kann ich helfen?').waitFor();
    await sendMessage(page, 'Hello');
    await lastAnswer(page).getByRole('button', { name: 'Antwort kopieren' }).waitFor();
    const manifest = await (await fetch(`${host.origin}/manifest.json`)).json();
    assert.equal(manifest.lang, 'de');
  });
});
