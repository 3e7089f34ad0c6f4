import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launchBrowser, noBrowser } from './browser.js';
import { embeddingSite } from './embedding-site.js';
import { scriptedGateway } from './scripted-gateway.js';

/** @import { Browser, BrowserContextOptions, Page } from 'playwright-core' */
/** @typedef {Awaited<ReturnType<typeof scriptedGateway>>} ScriptedGateway */

/** @type {Promise<Browser> | undefined} */
let browser;
after(async () => (await browser)?.close());

/**
 * Defines a test of a site of another origin that includes embed.js.
 * @param {string} name
 * @param {(fixtures: { page: Page, gateway: ScriptedGateway, requests: string[] }) => Promise<void>} body
 *   `requests`: to the origin of the chat
 * @param {BrowserContextOptions & { attributes?: string, language?: string, allowed?: boolean, inHead?: boolean }} [options]
 *   `allowed`: whether the site is in EMBED_ORIGINS
 */
export function embedTest(
  name,
  body,
  { attributes, language, allowed = true, inHead, ...options } = {},
) {
  test(name, { skip: noBrowser, timeout: 60_000 }, async ({ signal }) => {
    browser ??= launchBrowser();
    const gateway = await scriptedGateway();
    const site = await embeddingSite(gateway.url, { attributes, language, inHead });
    if (allowed) gateway.embedOrigins.push(site.url);
    const context = await (await browser).newContext({ serviceWorkers: 'block', ...options });
    const page = await context.newPage();
    /** @type {string[]} */
    const requests = [];
    /** @type {string[]} */
    const errors = [];
    page.on('request', request => {
      if (request.url().startsWith(gateway.url)) requests.push(new URL(request.url()).pathname);
    });
    page.on('pageerror', error => errors.push(error.message));
    const close = () => Promise.all([context.close(), gateway.close(), site.close()]);
    signal.addEventListener('abort', close);
    try {
      await page.goto(site.url);
      await button(page).waitFor();
      await body({ page, gateway, requests });
      assert.deepEqual(errors, []);
    } finally {
      await close();
    }
  });
}

/** That opens the chat. */
export const button = (/** @type {Page} */ page) =>
  page.getByRole('button', { name: /^Open|öffnen$/ });
