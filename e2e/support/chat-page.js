import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { browser, noBrowser } from './browser.js';
import { scriptedGateway } from './scripted-gateway.js';

/** @import { Browser, BrowserContextOptions, Page } from 'playwright-core' */
/** @typedef {Awaited<ReturnType<typeof scriptedGateway>>} Gateway */

/** @type {Promise<Browser> | undefined} */
let running;
after(async () => (await running)?.close());

/**
 * A test in a browser of its own on the page, with a gateway to script. Whatever it is about, it
 * also claims that the page keeps its content security policy, asks nobody else for anything, and
 * throws no error.
 * @param {string} claim
 * @param {(parts: { page: Page, gateway: Gateway }) => Promise<void>} body
 * @param {BrowserContextOptions} [options]
 */
export function pageTest(claim, body, options) {
  test(claim, { skip: noBrowser, timeout: 30_000 }, async ({ signal }) => {
    running ??= browser();
    const gateway = await scriptedGateway();
    const context = await (await running).newContext({
      baseURL: gateway.url,
      serviceWorkers: 'block', // it would answer in place of the gateway and of a test's routes
      ...options,
    });
    const page = await context.newPage();
    const complaints = overhear(page, gateway.url);
    signal.addEventListener('abort', () => Promise.all([context.close(), gateway.close()]));
    try {
      await page.goto('/');
      await body({ page, gateway });
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
      await gateway.close();
    }
  });
}

/**
 * @param {Page} page
 * @param {string} home
 */
function overhear(page, home) {
  /** @type {string[]} */
  const complaints = [];
  page.on('pageerror', error => complaints.push(`error: ${error.message}`));
  page.on('console', message => {
    if (/content security policy|trusted/i.test(message.text())) complaints.push(message.text());
  });
  page.on('request', request => {
    if (!request.url().startsWith(home)) complaints.push(`request: ${request.url()}`);
  });
  return complaints;
}

/**
 * Writes a question and sends it with Enter.
 * @param {Page} page
 * @param {string} text
 */
export async function ask(page, text) {
  await page.locator('textarea[name=message]').fill(text);
  await page.keyboard.press('Enter');
}

/**
 * Answers the next question, and waits until the page has all of it.
 * @param {Page} page
 * @param {Gateway} gateway
 * @param {string} text
 */
export async function answered(page, gateway, text) {
  const question = await gateway.asked();
  question.say(text);
  question.complete();
  await page.locator('[data-status=complete]').getByText(text, { exact: true }).waitFor();
  return question;
}

/** The newest answer. @param {Page} page */
export function answer(page) {
  return page.locator('article[data-role=assistant]').last();
}

/**
 * Writes down what a screen reader is given from now on; what is said is soon taken away again.
 * @param {Page} page
 */
export async function listen(page) {
  await page.evaluate(() => {
    /** @type {string[]} */
    const heard = [];
    const observer = new MutationObserver(records => {
      for (const { target } of records)
        if (target.textContent) heard.push(target.textContent.trim());
    });
    for (const region of document.querySelectorAll('#status, #spoken')) {
      observer.observe(region, { childList: true, characterData: true, subtree: true });
    }
    Object.assign(window, { heard });
  });
  return {
    /** @returns {Promise<string[]>} */
    all: () => page.evaluate(() => Reflect.get(window, 'heard')),
    until: (/** @type {string} */ words) =>
      page.waitForFunction(words => Reflect.get(window, 'heard').includes(words), words),
  };
}
