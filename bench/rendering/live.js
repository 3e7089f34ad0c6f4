import { scriptedGateway } from '../../e2e/support/scripted-gateway.js';
import { answer } from './answer.js';

/** @import { Browser, Page } from 'playwright-core' */

const CHARACTERS_PER_MS = 4.8;
const KEY_COUNT = 100;
const KEY_INTERVAL_MS = 60;
const MEGABYTE = 1024 * 1024;

/**
 * Types the next question into the built page while an answer streams.
 * @param {Browser} browser
 * @param {number} throttle
 */
export async function typing(browser, throttle) {
  const gateway = await scriptedGateway();
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  try {
    const exchange = await ask(page, gateway);
    await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await page.evaluate(timeKeys);
    const begin = performance.now();
    let shown = 0;
    for (let key = 0; key < KEY_COUNT; key++) {
      await Promise.all([page.keyboard.press('a'), sleep(KEY_INTERVAL_MS)]);
      const due = Math.min(
        answer.length,
        Math.ceil((performance.now() - begin) * CHARACTERS_PER_MS),
      );
      if (due > shown) exchange.sendDelta(answer.slice(shown, due));
      shown = due;
    }
    const times = await page.evaluate(() => Reflect.get(window, 'keyTimes'));
    times.sort((/** @type {number} */ one, /** @type {number} */ other) => one - other);
    return {
      median: times[Math.floor(times.length / 2)],
      p95: times[Math.floor(times.length * 0.95)],
    };
  } finally {
    await page.close();
    await gateway.close();
  }
}

/**
 * The growth of the heap after an answer of 1 MB, in bytes per character.
 * @param {Browser} browser
 */
export async function heapPerCharacter(browser) {
  const gateway = await scriptedGateway();
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  try {
    const exchange = await ask(page, gateway);
    const before = await heap();
    let sent = 0;
    for (; sent < MEGABYTE; sent += answer.length) {
      exchange.sendDelta(...(answer.match(/.{1,200}/gs) ?? []));
      await sleep(250);
    }
    exchange.complete();
    await page.locator('[data-status=complete]').waitFor({ timeout: 120_000 });
    return ((await heap()) - before) / sent;
  } finally {
    await page.close();
    await gateway.close();
  }

  async function heap() {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  }
}

/**
 * @param {Page} page
 * @param {Awaited<ReturnType<typeof scriptedGateway>>} gateway
 */
async function ask(page, gateway) {
  await page.goto(gateway.url);
  await page.locator('textarea').fill('Tell me of rivers');
  await page.keyboard.press('Enter');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('# Rivers\n\n');
  await page.locator('[data-role=assistant]').getByText('Rivers').waitFor();
  return exchange;
}

/** Runs in the page. Records the time from each key press to the frame that shows it. */
function timeKeys() {
  /** @type {number[]} */
  const times = [];
  Object.assign(window, { keyTimes: times });
  const { port1, port2 } = new MessageChannel();
  /** @type {number[]} */
  const pressedAt = [];
  port1.onmessage = () => times.push(performance.now() - (pressedAt.shift() ?? 0));
  addEventListener('keydown', ({ timeStamp }) => {
    requestAnimationFrame(() => {
      pressedAt.push(timeStamp);
      port2.postMessage(null); // delivered after the frame
    });
  });
}

/** @param {number} milliseconds */
function sleep(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
