import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, noBrowser } from '../support/browser.js';
import { sendMessage } from '../support/chat-page.js';
import { gatewayJar, startGateway } from '../support/gateway.js';
import { nextRelease } from './next-release.js';
import { roundRobin } from './round-robin.js';

/** @import { Browser, Page } from 'playwright-core' */
/** @import { Gateway } from '../support/gateway.js' */

const DEMO = ['--spring.profiles.active=demo'];
const SETTINGS = { RATE_LIMIT_PER_MINUTE: '1000' };
const GREETING = 'The greeting of the next release';
const LABEL = 'Copy this answer'; // in a file whose change renames most of the page's files
const CHANGES = {
  'src/strings/page.js': { 'What can I help with?': GREETING },
  'src/strings/turns.js': { 'Copy answer': LABEL },
  // The budgets of the page must not depend on these texts.
  'vite/size-gate.js': { 'if (exceeded.length > 0) throw': 'if (false) throw' },
};

describe('two releases after each other', { skip: noBrowser, concurrency: false }, () => {
  /** @type {Browser} */
  let browser;
  /** @type {ReturnType<typeof nextRelease>} */
  let next;
  before(async () => {
    next = nextRelease(CHANGES);
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    next?.remove();
  });

  test('a returning browser gets the new page and keeps its conversations', {
    timeout: 180_000,
  }, async () => {
    await withReleases(async ({ page, failed }) => {
      await page.reload();
      await page.getByRole('button', { name: LABEL }).waitFor({ state: 'attached' });
      await sendMessage(page, 'Write a haiku about streams');
      await completed(page, 2);
      await page.goto(new URL('/', page.url()).href);
      await page.getByText(GREETING).waitFor();
      await page.getByRole('link', { name: 'Hello' }).first().waitFor({ state: 'attached' });
      assert.deepEqual(failed, []);
    });
  });

  test('a page that stayed open works on with all its parts until it is reloaded', {
    timeout: 180_000,
  }, async () => {
    await withReleases(async ({ page, failed }) => {
      await sendMessage(page, 'Write a haiku about streams');
      await completed(page, 2);
      await page.getByRole('button', { name: 'Settings' }).click(); // was not loaded before
      await page.getByRole('dialog').waitFor();
      assert.equal(await page.getByRole('button', { name: LABEL }).count(), 0);
      assert.deepEqual(failed, []);

      await page.reload();
      await page.getByRole('button', { name: LABEL }).first().waitFor({ state: 'attached' });
      assert.deepEqual(failed, []);
    });
  });

  /**
   * Opens the page of a gateway, asks a question, and deploys the next release.
   * @param {(use: { page: Page, failed: string[] }) => Promise<void>} body  `failed`: requests
   */
  async function withReleases(body) {
    /** @type {Gateway} */
    let current = await startGateway(SETTINGS, DEMO, [], gatewayJar);
    const address = await roundRobin(() => [current.url]);
    const context = await browser.newContext();
    /** @type {string[]} */
    const failed = [];
    context.on('response', response => {
      if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
    });
    try {
      const page = await context.newPage();
      await page.goto(address.url);
      await sendMessage(page, 'Hello');
      await completed(page, 1);
      await serviceWorkerActivated(page);
      await page.waitForFunction(() => navigator.serviceWorker.controller);
      await deploy();
      await body({ page, failed });
    } catch (cause) {
      console.error(current.output());
      throw cause;
    } finally {
      await context.close();
      await address.close();
      await current.stop();
    }

    async function deploy() {
      const previous = current;
      current = await startGateway(SETTINGS, DEMO, [], next.file);
      await previous.stop();
    }
  }
});

/**
 * @param {Page} page
 * @param {number} count  of complete answers
 */
async function completed(page, count) {
  await page
    .locator('[data-status=complete]')
    .nth(count - 1)
    .waitFor();
}

/** @param {Page} page */
async function serviceWorkerActivated(page) {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state !== 'activated')
      await new Promise(resolve => active?.addEventListener('statechange', resolve));
  });
}
