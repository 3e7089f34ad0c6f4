import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { noBrowser } from '../support/browser.js';
import { lastAnswer, sendMessage } from '../support/chat-page.js';
import { startGateway, startJar, waitUntil } from '../support/gateway.js';
import { pageTests } from './page-tests.js';
import { scriptedProvider } from './provider.js';
import { staticHost, staticPage } from './static-host.js';

/** @import { Gateway } from '../support/gateway.js' */

const API_KEY = 'sk-secret-provider-key';
const TOKEN = 'public-token';
const TIMEOUT_MS = 30_000;

test('the gateway names its missing variables and exits with 1', {
  timeout: 60_000,
}, async () => {
  const { exited, output } = startJar({});
  const { code } = await exited;
  assert.equal(code, 1);
  const lines = output().trimEnd().split('\n');
  assert.deepEqual(
    lines.map(line => line.replace(/:.*/, '')),
    ['GATEWAY_TOKEN is missing', 'OPENAI_API_KEY is missing'],
  );
});

describe('a gateway without a page', { skip: noBrowser }, () => {
  /** @type {Awaited<ReturnType<typeof scriptedProvider>>} */
  let provider;
  /** @type {Awaited<ReturnType<typeof staticHost>>} */
  let host;
  /** @type {Awaited<ReturnType<typeof staticHost>>} */
  let foreignHost;
  /** @type {Gateway} */
  let production;

  /** @type {ReturnType<typeof staticPage>} */
  let built;

  before(async () => {
    [provider, host, foreignHost] = await Promise.all([
      scriptedProvider(),
      staticHost(() => built.folder),
      staticHost(() => built.folder),
    ]);
    production = await startGateway({
      GATEWAY_TOKEN: TOKEN,
      OPENAI_API_KEY: API_KEY,
      OPENAI_API_BASE: provider.base,
      MODEL_ID: 'scripted-1',
      ALLOWED_ORIGINS: host.origin,
      SERVE_PAGE: 'false',
    });
    built = staticPage(production.url, TOKEN);
  });
  after(async () => {
    await production?.stop();
    await Promise.all([provider, host, foreignHost].map(server => server?.close()));
    built?.remove();
  });

  const pageTest = pageTests(
    () => production,
    () => host.origin,
  );
  const foreignPageTest = pageTests(
    () => production,
    () => foreignHost.origin,
  );

  pageTest('the gateway streams the provider’s answer to an allowed origin', async ({ page }) => {
    const [exchange, request] = await Promise.all([
      provider.nextExchange(),
      page.waitForRequest('**/v1/chat'),
      sendMessage(page, 'Say something'),
    ]);
    assert.equal(new URL(request.url()).origin, production.url);
    assert.equal(request.headers().authorization, `Bearer ${TOKEN}`);
    assert.equal(exchange.path, '/v1/responses');
    assert.equal(exchange.headers.authorization, `Bearer ${API_KEY}`);
    assert.equal(exchange.body.model, 'scripted-1');
    assert.equal(exchange.body.stream, true);

    exchange.sendDelta('Something');
    await lastAnswer(page).getByText('Something', { exact: true }).waitFor();
    exchange.sendDelta(' else');
    await lastAnswer(page).getByText('Something else', { exact: true }).waitFor();
    exchange.complete();
    await page.locator('[data-status=complete]').waitFor();
    await lastAnswer(page).getByText('scripted-1').waitFor();
  });

  pageTest(
    'the gateway exposes its errors and Retry-After to an allowed origin',
    async ({ page }) => {
      const [exchange] = await Promise.all([
        provider.nextExchange(),
        sendMessage(page, 'Say something'),
      ]);
      exchange.sendErrorResponse(503, { code: 'server_is_overloaded' }, { 'Retry-After': '60' });
      const busy = 'The chat service is busy. Please try again in a moment.';
      assert.equal(await lastAnswer(page).getByRole('alert').textContent(), busy);
      await lastAnswer(page)
        .getByRole('button', { name: /^Retry in [56]\d s$/ })
        .waitFor();
    },
    /status of 503/,
  );

  pageTest(
    'the page can fetch from the gateway only and cannot be framed',
    async ({ page }) => {
      const result = await page.evaluate(
        origin => fetch(origin).then(String, () => 'refused'),
        provider.base,
      );
      assert.equal(result, 'refused');
      const headers = (await page.reload())?.headers() ?? {};
      assert.equal(headers['content-security-policy'], "frame-ancestors 'none'");
    },
    /violates the (document's|following) Content Security Policy/,
  );

  foreignPageTest(
    'a page on a foreign origin shows that it is not authorised',
    async ({ page }) => {
      await sendMessage(page, 'Say something');
      assert.equal(
        await lastAnswer(page).getByRole('alert').textContent(),
        'This environment is not authorised to use the chat service.',
      );
    },
    /blocked by CORS policy|net::ERR_FAILED/,
  );

  test('the gateway responds to page paths with 404', async () => {
    for (const path of ['/', '/index.html', '/config.json', '/favicon.svg']) {
      const response = await fetch(`${production.url}${path}`);
      assert.equal(response.status, 404, path);
      assert.equal((await response.json()).error.code, 'not_found', path);
    }
  });

  pageTest(
    'the gateway completes a running answer after SIGTERM, then exits with 0',
    async ({ page }) => {
      const [exchange] = await Promise.all([
        provider.nextExchange(),
        sendMessage(page, 'Say something'),
      ]);
      exchange.sendDelta('Half');
      await lastAnswer(page).getByText('Half', { exact: true }).waitFor();

      production.terminate();
      await waitUntil(
        TIMEOUT_MS,
        'the gateway to drain',
        async () => (await production.healthStatus()) === 503,
      );
      exchange.sendDelta(' and whole');
      exchange.complete();
      await page.locator('[data-status=complete]').waitFor();
      await lastAnswer(page).getByText('Half and whole', { exact: true }).waitFor();
      await waitUntil(TIMEOUT_MS, 'the gateway to exit', async () => production.hasExited());
      assert.deepEqual(await production.exited, { code: 0, signal: null });
    },
  );

  test('the gateway logs neither the provider key nor the text of a message', () => {
    assert.notEqual(production.output(), '');
    assert.doesNotMatch(production.output(), new RegExp(`${API_KEY}|something`, 'i'));
  });

  test('the gateway logs only JSON lines, with one for each answer', () => {
    const lines = production
      .output()
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    assert.ok(lines.some(({ message, outcome }) => message === 'chat' && outcome === 'completed'));
  });
});
