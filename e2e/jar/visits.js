import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { browser } from '../support/browser.js';

/** @import { Browser, BrowserContext, Page } from 'playwright-core' */
/** @import { Gateway } from '../support/gateway.js' */

/** @type {Promise<Browser> | undefined} */
let running;
after(async () => (await running)?.close());

/**
 * Makes tests, each of a new visitor to the page of a gateway. Whatever such a test is about, it also
 * claims that the page keeps its content security policy, asks nobody else for anything and has no
 * error on its console. Where it fails, the gateway's log is shown.
 * @param {() => Gateway} gatewayOf
 * @param {{ page?: () => string }} [visit]  where the page is, if not at the gateway
 */
export function visits(gatewayOf, { page: pageOf = () => gatewayOf().url } = {}) {
  /**
   * @param {string} claim
   * @param {(parts: { page: Page, gateway: Gateway }) => Promise<void>} body
   * @param {RegExp} [expected]  what the browser itself says on the console
   */
  return (claim, body, expected) =>
    test(claim, { timeout: 60_000 }, async () => {
      running ??= browser();
      const gateway = gatewayOf();
      const context = await (await running).newContext();
      const complaints = overhear(context, [gateway.url, pageOf()], expected);
      try {
        const page = await context.newPage();
        await page.goto(pageOf());
        await body({ page, gateway });
        assert.deepEqual(complaints, []);
      } catch (cause) {
        console.error(gateway.output());
        throw cause;
      } finally {
        await context.close();
      }
    });
}

/**
 * @param {BrowserContext} context
 * @param {string[]} homes
 * @param {RegExp} [expected]
 */
function overhear(context, homes, expected) {
  /** @type {string[]} */
  const complaints = [];
  context.on('weberror', thrown => complaints.push(`error: ${thrown.error()}`));
  context.on('console', message => {
    if (message.type() !== 'error' || expected?.test(message.text())) return;
    complaints.push(`console: ${message.text()}`);
  });
  context.on('request', request => {
    if (!homes.includes(new URL(request.url()).origin))
      complaints.push(`request: ${request.url()}`);
  });
  return complaints;
}
