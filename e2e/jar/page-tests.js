import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launchBrowser } from '../support/browser.js';

/** @import { Browser, BrowserContext, Page } from 'playwright-core' */
/** @import { Gateway } from '../support/gateway.js' */

/** @type {Promise<Browser> | undefined} */
let browser;
after(async () => (await browser)?.close());

/**
 * Returns a function that defines a test of a gateway's page in a browser context of its own. Each
 * test also asserts that the page violates no Content Security Policy, sends no request to another
 * origin and logs no error to its console. A failing test prints the log of the gateway.
 * @param {() => Gateway} gatewayOf
 * @param {() => string} [urlOf]  of the page, if the gateway does not serve it
 */
export function pageTests(gatewayOf, urlOf = () => gatewayOf().url) {
  /**
   * @param {string} name
   * @param {(fixtures: { page: Page, gateway: Gateway }) => Promise<void>} body
   * @param {RegExp} [expectedError]  of the browser, on the console
   */
  return (name, body, expectedError) =>
    test(name, { timeout: 60_000 }, async () => {
      browser ??= launchBrowser();
      const gateway = gatewayOf();
      const context = await (await browser).newContext();
      const violations = recordViolations(context, [gateway.url, urlOf()], expectedError);
      try {
        const page = await context.newPage();
        await page.goto(urlOf());
        await body({ page, gateway });
        assert.deepEqual(violations, []);
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
 * @param {string[]} origins  that the page may request
 * @param {RegExp} [expectedError]
 */
function recordViolations(context, origins, expectedError) {
  /** @type {string[]} */
  const violations = [];
  context.on('weberror', thrown => violations.push(`error: ${thrown.error()}`));
  context.on('console', message => {
    if (message.type() !== 'error' || expectedError?.test(message.text())) return;
    violations.push(`console: ${message.text()}`);
  });
  context.on('request', request => {
    if (!origins.includes(new URL(request.url()).origin))
      violations.push(`request: ${request.url()}`);
  });
  return violations;
}
