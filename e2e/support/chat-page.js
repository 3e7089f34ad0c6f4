import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launchBrowser, noBrowser } from './browser.js';
import { scriptedGateway } from './scripted-gateway.js';

/** @import { Browser, BrowserContextOptions, Page } from 'playwright-core' */
/** @typedef {Awaited<ReturnType<typeof scriptedGateway>>} ScriptedGateway */

/** @type {Promise<Browser> | undefined} */
let browser;
after(async () => (await browser)?.close());

/**
 * Defines a test of the page in a browser context of its own with a scripted gateway. Each test also
 * asserts that the page violates no Content Security Policy, sends no request to another origin and
 * throws no error.
 * @param {string} name
 * @param {(fixtures: { page: Page, gateway: ScriptedGateway }) => Promise<void>} body
 * @param {BrowserContextOptions & { capabilities?: string[], models?: { id: string, label?: string }[] }}
 *   [options]  `capabilities`, `models`: that the gateway announces; the page knows them before the test
 *   begins
 */
export function pageTest(name, body, { capabilities, models, ...options } = {}) {
  test(name, { skip: noBrowser, timeout: 60_000 }, async ({ signal }) => {
    browser ??= launchBrowser();
    const gateway = await scriptedGateway(capabilities, models);
    const context = await (await browser).newContext({
      baseURL: gateway.url,
      serviceWorkers: 'block', // it would bypass the gateway and the routes of a test
      ...options,
    });
    const page = await context.newPage();
    const violations = recordViolations(page, gateway.url);
    signal.addEventListener('abort', () => Promise.all([context.close(), gateway.close()]));
    try {
      const load = () => page.goto('/');
      await (capabilities ? loadCapable(page, load) : load());
      await body({ page, gateway });
      assert.deepEqual(violations, []);
    } finally {
      await context.close();
      await gateway.close();
    }
  });
}

/**
 * @param {Page} page
 * @param {string} origin
 */
function recordViolations(page, origin) {
  /** @type {string[]} */
  const violations = [];
  page.on('pageerror', error => violations.push(`error: ${error.message}`));
  page.on('console', message => {
    if (/content security policy|trusted/i.test(message.text())) violations.push(message.text());
  });
  page.on('request', request => {
    const url = request.url().replace(/^blob:/, ''); // in the memory of the page
    if (!url.startsWith(origin)) violations.push(`request: ${request.url()}`);
  });
  return violations;
}

/**
 * Loads the page, and waits until it knows what the gateway announces. It imports a module then, which
 * is evaluated once: the import of this script follows that of the page.
 * @param {Page} page
 * @param {() => Promise<unknown>} load
 */
export async function loadCapable(page, load) {
  const loaded = page.waitForResponse(/\/resumable-stream-/);
  await load();
  await page.evaluate(url => import(url), (await loaded).url());
  await frames(page, 1);
}

/**
 * Waits until a page that is open knows that answers can be resumed. Not with a clock of the test.
 * @param {Page} page
 */
export async function untilCapable(page) {
  const loaded = await page.waitForFunction(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .find(name => name.includes('/resumable-stream-')),
  );
  await page.evaluate(url => import(url), /** @type {string} */ (await loaded.jsonValue()));
  await frames(page, 1);
}

/**
 * Fills the composer and presses Enter.
 * @param {Page} page
 * @param {string} text
 */
export async function sendMessage(page, text) {
  await page.locator('textarea[name=message]').fill(text);
  await page.keyboard.press('Enter');
}

/**
 * Completes the answer to the next request, and waits until the page shows it.
 * @param {Page} page
 * @param {ScriptedGateway} gateway
 * @param {string} text
 */
export async function completeAnswer(page, gateway, text) {
  const exchange = await gateway.nextExchange();
  exchange.sendDelta(text);
  exchange.complete();
  await page.locator('[data-status=complete]').getByText(text, { exact: true }).waitFor();
  return exchange;
}

/** @param {Page} page */
export function lastAnswer(page) {
  return page.locator('article[data-role=assistant]').last();
}

/**
 * Records the announcements to screen readers from now on. The page clears each of them after a
 * second, so a test does not look for one in the document.
 * @param {Page} page
 */
export async function recordAnnouncements(page) {
  await page.evaluate(() => {
    /** @type {string[]} */
    const announcements = [];
    const observer = new MutationObserver(records => {
      for (const { target, addedNodes } of records) {
        const region = /** @type {Element} */ (target);
        if (!region.matches('#status, #spoken, .status')) continue;
        const modal = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document;
        if (!modal.contains(region)) continue; // inert
        for (const { textContent } of addedNodes)
          if (textContent) announcements.push(textContent.trim());
      }
    });
    observer.observe(document.body, { childList: true, subtree: true });
    Object.assign(window, { announcements });
  });
  return {
    /** @returns {Promise<string[]>} */
    all: () => page.evaluate(() => Reflect.get(window, 'announcements')),
    waitFor: (/** @type {string} */ text) =>
      page.waitForFunction(text => Reflect.get(window, 'announcements').includes(text), text),
  };
}

/**
 * Waits for so many animation frames.
 * @param {Page} page
 * @param {number} count
 */
export function frames(page, count) {
  return page.evaluate(async count => {
    for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
  }, count);
}

/**
 * Waits for the end of all animations but the infinite ones, and those that follow the scrolling.
 * @param {Page} page
 */
export function animationsFinished(page) {
  return page.evaluate(async () => {
    const finite = document
      .getAnimations()
      .filter(({ timeline }) => timeline instanceof DocumentTimeline)
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(finite.map(({ finished }) => finished));
  });
}

/**
 * Reloads the page with a clock that the test can pause and advance. A paused clock also stops the
 * animation frames.
 * @param {Page} page
 */
export async function installClock(page) {
  await page.clock.install();
  await page.reload();
}
