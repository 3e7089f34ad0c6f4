import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { contentSecurityPolicy } from './policy.js';
import { gatewayOf } from './static-site.js';

const top = fileURLToPath(new URL('../../', import.meta.url));
const variables = { GATEWAY_URL: 'https://api.example.com', GATEWAY_TOKEN: 'public-token' };

test('a page that nobody names a gateway for is served by its gateway', () => {
  assert.equal(gatewayOf({}), undefined);
  assert.equal(gatewayOf({ GATEWAY_TOKEN: 'public-token' }), undefined);
});

test('a gateway is an origin, with or without a last slash', () => {
  const config = { gatewayUrl: 'https://api.example.com', gatewayToken: 'public-token' };
  assert.deepEqual(gatewayOf(variables), config);
  assert.deepEqual(gatewayOf({ ...variables, GATEWAY_URL: 'https://api.example.com/' }), config);
});

for (const url of [
  'api.example.com',
  'http://api.example.com',
  'https://api.example.com/v1',
  'https://someone@api.example.com',
  "https://api.example.com; script-src 'unsafe-inline'",
])
  test(`${url} is no gateway`, () => {
    assert.throws(() => gatewayOf({ ...variables, GATEWAY_URL: url }), /^Error: GATEWAY_URL is no/);
  });

test('a gateway on one’s own machine needs no TLS', () => {
  const { gatewayUrl } = gatewayOf({ ...variables, GATEWAY_URL: 'http://localhost:8000' }) ?? {};
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
    test(`stops in one line without ${missing}`, () => {
      const { status, stdout, stderr } = build({ VERCEL: '1', ...variables, [missing]: '' });
      assert.equal(status, 1);
      assert.match(stdout + stderr, new RegExp(`^${missing} is missing: [^\n]+\n$`));
      assert.ok(!existsSync(join(folder, 'index.html')));
    });

  test('tells the page of its gateway, and lets it connect there and nowhere else', () => {
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
    assert.ok(html.indexOf(meta) < html.indexOf('<script'), 'a policy is for what comes after it');
  });

  test('lets the service worker keep no configuration', () => {
    assert.doesNotMatch(written('sw.js'), /config\.json/);
  });

  test('is not the page of the jar, whatever the environment says', () => {
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

  test('builds with a script of package.json, into the folder it serves', () => {
    const { scripts } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'));
    const [, script] = /^npm run (\S+)$/.exec(vercel.buildCommand) ?? [];
    assert.equal(scripts[script ?? ''], 'vite build frontend');
    assert.equal(vercel.outputDirectory, 'frontend/dist');
  });

  test('lets hashed files be kept for ever, and the configuration never', () => {
    assert.equal(headers('/assets/(.*)')['Cache-Control'], 'public, max-age=31536000, immutable');
    assert.equal(headers('/config.json')['Cache-Control'], 'no-store');
  });

  test('gives every file the headers that a page cannot give itself', () => {
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
