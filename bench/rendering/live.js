import { scriptedGateway } from '../../e2e/support/scripted-gateway.js';
import { answer } from './answer.js';

/** @import { Browser, Page } from 'playwright-core' */

const speed = 4.8; // characters a millisecond
const keys = 100;
const pause = 60; // milliseconds between two keys
const megabyte = 1024 * 1024;

/**
 * The whole page, as it is built: somebody types the next question while an answer comes.
 * @param {Browser} browser
 * @param {number} throttle
 */
export async function typing(browser, throttle) {
  const gateway = await scriptedGateway();
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  try {
    const question = await asked(page, gateway);
    await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await page.evaluate(timeKeys);
    const begin = performance.now();
    let shown = 0;
    for (let key = 0; key < keys; key++) {
      await Promise.all([page.keyboard.press('a'), rest(pause)]);
      const due = Math.min(answer.length, Math.ceil((performance.now() - begin) * speed));
      if (due > shown) question.say(answer.slice(shown, due));
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
 * What the page holds of an answer of 1 MB, in bytes for each of its characters.
 * @param {Browser} browser
 */
export async function growth(browser) {
  const gateway = await scriptedGateway();
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  try {
    const question = await asked(page, gateway);
    const before = await heap();
    let sent = 0;
    for (; sent < megabyte; sent += answer.length) {
      question.say(...(answer.match(/.{1,200}/gs) ?? []));
      await rest(250);
    }
    question.complete();
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
async function asked(page, gateway) {
  await page.goto(gateway.url);
  await page.locator('textarea').fill('Tell me of rivers');
  await page.keyboard.press('Enter');
  const question = await gateway.asked();
  question.say('# Rivers\n\n');
  await page.locator('[data-role=assistant]').getByText('Rivers').waitFor();
  return question;
}

/** Runs in the page: how long each key takes to be seen. */
function timeKeys() {
  /** @type {number[]} */
  const times = [];
  Object.assign(window, { keyTimes: times });
  const { port1, port2 } = new MessageChannel();
  /** @type {number[]} */
  const waiting = [];
  port1.onmessage = () => times.push(performance.now() - (waiting.shift() ?? 0));
  addEventListener('keydown', ({ timeStamp }) => {
    requestAnimationFrame(() => {
      waiting.push(timeStamp);
      port2.postMessage(null); // comes after the frame
    });
  });
}

/** @param {number} milliseconds */
function rest(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
