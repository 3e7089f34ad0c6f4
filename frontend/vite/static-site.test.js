import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { contentSecurityPolicy } from './policy.js';
import { gatewayConfig } from './static-site.js';

const top = fileURLToPath(new URL('../../', import.meta.url));
const variables = { GATEWAY_URL: 'https://api.example.com', GATEWAY_TOKEN: 'public-token' };

test('without GATEWAY_URL the gateway serves the page', () => {
  assert.equal(gatewayConfig({}), undefined);
  assert.equal(gatewayConfig({ GATEWAY_TOKEN: 'public-token' }), undefined);
});

test('GATEWAY_URL is an origin, with or without a trailing slash', () => {
  const config = { gatewayUrl: 'https://api.example.com', gatewayToken: 'public-token' };
  assert.deepEqual(gatewayConfig(variables), config);
  assert.deepEqual(
    gatewayConfig({ ...variables, GATEWAY_URL: 'https://api.example.com/' }),
    config,
  );
});

for (const url of [
  'api.example.com',
  'http://api.example.com',
  'https://api.example.com/v1',
  'https://someone@api.example.com',
  "https://api.example.com; script-src 'unsafe-inline'",
])
  test(`GATEWAY_URL ${url} is rejected`, () => {
    assert.throws(
      () => gatewayConfig({ ...variables, GATEWAY_URL: url }),
      /^Error: GATEWAY_URL is no/,
    );
  });

test('EMBED_ORIGINS are origins, and stand in config.json', () => {
  const EMBED_ORIGINS = 'https://www.example.com, https://shop.example.com';
  const { embedOrigins } = gatewayConfig({ ...variables, EMBED_ORIGINS }) ?? {};
  assert.deepEqual(embedOrigins, ['https://www.example.com', 'https://shop.example.com']);
  for (const wrong of ['www.example.com', 'https://www.example.com/', "*; script-src 'none'"])
    assert.throws(
      () => gatewayConfig({ ...variables, EMBED_ORIGINS: wrong }),
      /^Error: EMBED_ORIGINS is not a list of origins/,
    );
});

test('on Vercel EMBED_ORIGINS must be the frame-ancestors of vercel.json', () => {
  assert.throws(
    () => gatewayConfig({ VERCEL: '1', ...variables, EMBED_ORIGINS: 'https://www.example.com' }),
    /vercel\.json, which needs the value "frame-ancestors https:\/\/www\.example\.com"$/,
  );
});

test('a gateway on a loopback host needs no TLS', () => {
  const { gatewayUrl } =
    gatewayConfig({ ...variables, GATEWAY_URL: 'http://localhost:8000' }) ?? {};
  assert.equal(gatewayUrl, 'http://localhost:8000');
});

describe('a build on Vercel', () => {
  /** @type {string} */
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'static-site-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const missing of ['GATEWAY_URL', 'GATEWAY_TOKEN'])
    test(`fails with one line without ${missing}`, () => {
      const { status, stdout, stderr } = build({ VERCEL: '1', ...variables, [missing]: '' });
      assert.equal(status, 1);
      assert.match(stdout + stderr, new RegExp(`^${missing} is missing: [^\n]+\n$`));
      assert.ok(!existsSync(join(folder, 'index.html')));
    });

  test('writes the gateway into config.json and connect-src', () => {
    const { status, stderr } = build({ VERCEL: '1', ...variables });
    assert.equal(status, 0, stderr);
    const { gatewayUrl, gatewayToken } = JSON.parse(written('config.json'));
    assert.equal(gatewayUrl, variables.GATEWAY_URL);
    assert.equal(gatewayToken, variables.GATEWAY_TOKEN);

    const html = written('index.html');
    const [meta, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)" \/>/.exec(
      html,
    ) ?? ['', ''];
    assert.equal(policy, contentSecurityPolicy(html, [gatewayUrl]));
    assert.match(policy, /connect-src 'self' https:\/\/api\.example\.com;/);
    assert.match(policy, /script-src 'self' 'sha256-[^ ]+';/);
    assert.ok(html.indexOf(meta) < html.indexOf('<script'), 'the policy precedes the scripts');
  });

  test('writes the brand into the page, or fails with one line', () => {
    const plain = written('sw.js');
    const own = {
      VERCEL: '1',
      ...variables,
      DISCLOSURE: 'A machine answers.',
      BRAND_TITLE: 'Desk',
      BRAND_ACCENT: '#0b57d0',
      BRAND_LOGO: 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E',
    };
    assert.equal(build(own).status, 0);
    const html = written('index.html');
    assert.match(html, />A machine answers\.<\/p>/);
    assert.match(html, /<title>Desk<\/title>/);
    assert.match(html, /style-src 'self' 'sha256-[^ ]+';/);
    assert.equal(JSON.parse(written('manifest.json')).name, 'Desk');
    assert.match(written('logo.svg'), /^<svg/);
    assert.match(written('sw.js'), /minimal-chatbot-[0-9a-f]{12}-[0-9a-f]{8}/);
    assert.match(written('sw.js'), /"logo\.svg"/);
    assert.doesNotMatch(plain, /minimal-chatbot-[0-9a-f]{12}-/);
    const { status, stdout, stderr } = build({ ...own, DISCLOSURE: ' ' });
    assert.equal(status, 1);
    assert.match(stdout + stderr, /^DISCLOSURE is blank: [^\n]+\n$/);
  });

  test('does not cache config.json in the service worker', () => {
    assert.doesNotMatch(written('sw.js'), /config\.json/);
  });

  test('ignores the environment in jar mode', () => {
    rmSync(join(folder, 'config.json'));
    const { status, stderr } = build({ VERCEL: '1', ...variables }, '--mode', 'jar');
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(written('index.html'), /Content-Security-Policy/);
    assert.ok(!existsSync(join(folder, 'config.json')));
  });

  /**
   * @param {Record<string, string>} environment
   * @param {string[]} options
   */
  function build(environment, ...options) {
    const vite = join(top, 'node_modules/vite/bin/vite.js');
    const { PATH, HOME } = process.env;
    return spawnSync(
      process.execPath,
      [vite, 'build', 'frontend', '--outDir', folder, ...options],
      {
        cwd: top,
        env: { PATH, HOME, ...environment },
        encoding: 'utf8',
      },
    );
  }

  /** @param {string} name */
  function written(name) {
    return readFileSync(join(folder, name), 'utf8');
  }
});

describe('vercel.json', () => {
  const vercel = JSON.parse(readFileSync(join(top, 'vercel.json'), 'utf8'));

  test('runs a script of package.json and serves its output', () => {
    const { scripts } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'));
    const [, script] = /^npm run (\S+)$/.exec(vercel.buildCommand) ?? [];
    assert.equal(scripts[script ?? ''], 'vite build frontend');
    assert.equal(vercel.outputDirectory, 'frontend/dist');
  });

  test('caches hashed files forever and config.json never', () => {
    assert.equal(headers('/assets/(.*)')['Cache-Control'], 'public, max-age=31536000, immutable');
    assert.equal(headers('/config.json')['Cache-Control'], 'no-store');
  });

  test('sets the headers that a page cannot set itself', () => {
    assert.deepEqual(headers('/(.*)'), {
      'Content-Security-Policy': "frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
      'Cross-Origin-Opener-Policy': 'same-origin',
    });
  });

  /** @param {string} source */
  function headers(source) {
    const rule = vercel.headers.find((/** @type {any} */ each) => each.source === source);
    return Object.fromEntries(
      rule.headers.map((/** @type {any} */ { key, value }) => [key, value]),
    );
  }
});
