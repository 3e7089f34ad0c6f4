import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { noBrowser } from '../support/browser.js';
import { answer, ask } from '../support/chat-page.js';
import { gateway, run, within } from '../support/gateway.js';
import { scriptedProvider } from './provider.js';
import { staticHost, staticPage } from './static-host.js';
import { visits } from './visits.js';

/** @import { Gateway } from '../support/gateway.js' */

const key = 'sk-a-secret-that-nobody-may-see';
const token = 'public-token';

test('without its variables the gateway says which are missing, and ends', {
  timeout: 60_000,
}, async () => {
  const { ended, output } = run({});
  const { code } = await ended;
  assert.equal(code, 1);
  const lines = output().trimEnd().split('\n');
  assert.deepEqual(
    lines.map(line => line.replace(/:.*/, '')),
    ['GATEWAY_TOKEN is missing', 'OPENAI_API_KEY is missing'],
  );
});

describe('a gateway whose page is elsewhere', { skip: noBrowser }, () => {
  /** @type {Awaited<ReturnType<typeof scriptedProvider>>} */
  let provider;
  /** @type {Awaited<ReturnType<typeof staticHost>>} */
  let host;
  /** @type {Awaited<ReturnType<typeof staticHost>>} */
  let stranger;
  /** @type {Gateway} */
  let production;

  /** @type {ReturnType<typeof staticPage>} */
  let built;

  before(async () => {
    [provider, host, stranger] = await Promise.all([
      scriptedProvider(),
      staticHost(() => built.folder),
      staticHost(() => built.folder),
    ]);
    production = await gateway({
      GATEWAY_TOKEN: token,
      OPENAI_API_KEY: key,
      OPENAI_API_BASE: provider.base,
      MODEL_ID: 'scripted-1',
      ALLOWED_ORIGINS: host.origin,
      SERVE_PAGE: 'false',
    });
    built = staticPage(production.url, token);
  });
  after(async () => {
    await production?.stop();
    await Promise.all([provider, host, stranger].map(server => server?.close()));
    built?.remove();
  });

  const visit = visits(() => production, { page: () => host.origin });
  const visitStranger = visits(() => production, { page: () => stranger.origin });

  visit('brings the provider’s answer to an origin that is allowed', async ({ page }) => {
    const [question, asked] = await Promise.all([
      provider.asked(),
      page.waitForRequest('**/v1/chat'),
      ask(page, 'Say something'),
    ]);
    assert.equal(new URL(asked.url()).origin, production.url);
    assert.equal(asked.headers().authorization, `Bearer ${token}`);
    assert.equal(question.path, '/v1/responses');
    assert.equal(question.headers.authorization, `Bearer ${key}`);
    assert.equal(question.body.model, 'scripted-1');
    assert.equal(question.body.stream, true);

    question.say('Something');
    await answer(page).getByText('Something', { exact: true }).waitFor();
    question.say(' else');
    await answer(page).getByText('Something else', { exact: true }).waitFor();
    question.complete();
    await page.locator('[data-status=complete]').waitFor();
    await answer(page).getByText('scripted-1').waitFor();
  });

  visit(
    'lets an origin that is allowed read its errors, and how long to wait',
    async ({ page }) => {
      const [question] = await Promise.all([provider.asked(), ask(page, 'Say something')]);
      question.refuse(503, { code: 'server_is_overloaded' }, { 'Retry-After': '60' });
      const busy = 'The chat service is busy. Please try again in a moment.';
      assert.equal(await answer(page).getByRole('alert').textContent(), busy);
      await answer(page)
        .getByRole('button', { name: /^Retry in [56]\d s$/ })
        .waitFor();
    },
    /status of 503/,
  );

  visit(
    'may be asked by its page, which may ask nobody else and be framed by nobody',
    async ({ page }) => {
      const elsewhere = await page.evaluate(
        origin => fetch(origin).then(String, () => 'refused'),
        provider.base,
      );
      assert.equal(elsewhere, 'refused');
      const headers = (await page.reload())?.headers() ?? {};
      assert.equal(headers['content-security-policy'], "frame-ancestors 'none'");
    },
    /violates the (document's|following) Content Security Policy/,
  );

  visitStranger(
    'serves no other origin, whose page says so',
    async ({ page }) => {
      await ask(page, 'Say something');
      assert.equal(
        await answer(page).getByRole('alert').textContent(),
        'This environment is not authorised to use the chat service.',
      );
    },
    /blocked by CORS policy|net::ERR_FAILED/,
  );

  test('serves no page itself', async () => {
    for (const path of ['/', '/index.html', '/config.json', '/favicon.svg']) {
      const response = await fetch(`${production.url}${path}`);
      assert.equal(response.status, 404, path);
      assert.equal((await response.json()).error.code, 'not_found', path);
    }
  });

  visit('finishes its answer when it is told to stop, and then ends', async ({ page }) => {
    const [question] = await Promise.all([provider.asked(), ask(page, 'Say something')]);
    question.say('Half');
    await answer(page).getByText('Half', { exact: true }).waitFor();

    production.terminate();
    await within(5000, 'the gateway to drain', async () => (await production.health()) === 503);
    question.say(' and whole');
    question.complete();
    await page.locator('[data-status=complete]').waitFor();
    await answer(page).getByText('Half and whole', { exact: true }).waitFor();
    await within(10_000, 'the gateway to end', async () => production.hasEnded());
    assert.deepEqual(await production.ended, { code: 0, signal: null });
  });

  test('writes neither the provider’s key nor a word of a question to its log', () => {
    assert.notEqual(production.output(), '');
    assert.doesNotMatch(production.output(), new RegExp(`${key}|something`, 'i'));
  });

  test('logs JSON and nothing else, one line for each answer', () => {
    const lines = production
      .output()
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    assert.ok(lines.some(({ message, outcome }) => message === 'chat' && outcome === 'completed'));
  });
});
