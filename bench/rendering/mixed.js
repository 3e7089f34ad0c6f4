import { scriptedGateway } from '../../e2e/support/scripted-gateway.js';
import { section } from './answer.js';

/** @import { Browser } from 'playwright-core' */

const CAPABILITIES = ['resume', 'reasoning', 'web_search'];
const CHARACTERS_PER_MS = 4.8;
const REASONING_PER_MS = 0.6;
const INTERVAL_MS = 20;
const SECTIONS = 20;
const LATE_MS = 16.7;

const reasoning = Array.from(
  { length: 40 },
  (_, at) =>
    `**Step ${at}**\n\nThe river rises where ${'the rain falls, '.repeat(4)}and so on.\n\n`,
).join('');

/** Tables, code and formulas. */
const answer = Array.from(
  { length: SECTIONS },
  (_, at) => `${section(at + 1)}The flow is \\( Q = v \\cdot A_{${at}} \\), and over a day

$$
V = \\int_0^{24} Q(t)\\,dt = \\sum_{i=1}^{n} \\frac{q_i}{\\sqrt{1 + x_i^2}}
$$

`,
).join('');

/**
 * The frames of the built page while an answer with reasoning, searches, tables, code and formulas
 * streams.
 * @param {Browser} browser
 * @param {number} throttle
 */
export async function mixed(browser, throttle) {
  const gateway = await scriptedGateway(CAPABILITIES);
  const page = await browser.newPage({ serviceWorkers: 'block' });
  const session = await page.context().newCDPSession(page);
  try {
    await page.goto(gateway.url);
    await Promise.all([
      page.waitForResponse('**/v1/models'),
      page.locator('textarea').fill('Tell me of rivers'),
    ]);
    await page.keyboard.press('Enter');
    const exchange = await gateway.nextExchange();
    await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await page.evaluate(timeFrames);
    await paced(reasoning, REASONING_PER_MS, delta =>
      exchange.sendEvent('response.reasoning_summary_text.delta', { summary_index: 0, delta }),
    );
    for (let search = 1; search <= 3; search++) {
      exchange.sendEvent('response.web_search_call.searching', {
        output_index: search,
        query: `river ${search}`,
      });
      await sleep(100);
    }
    await paced(answer, CHARACTERS_PER_MS, text => exchange.sendDelta(text));
    exchange.complete();
    await page.locator('[data-status=complete]').waitFor({ timeout: 60_000 });
    const { frames, shift } = await page.evaluate(() => Reflect.get(window, 'timed'));
    frames.sort((/** @type {number} */ one, /** @type {number} */ other) => one - other);
    return {
      frames: frames.length,
      late: frames.filter((/** @type {number} */ frame) => frame > LATE_MS).length,
      p95: frames[Math.floor(frames.length * 0.95)],
      max: frames.at(-1),
      shift,
    };
  } finally {
    await page.close();
    await gateway.close();
  }
}

/**
 * @param {string} text
 * @param {number} perMs
 * @param {(part: string) => void} send
 */
async function paced(text, perMs, send) {
  const begin = performance.now();
  for (let sent = 0; sent < text.length; ) {
    await sleep(INTERVAL_MS);
    const due = Math.min(text.length, Math.ceil((performance.now() - begin) * perMs));
    send(text.slice(sent, due));
    sent = due;
  }
}

/** Runs in the page. Records the work of each frame, from its begin until it is painted, and layout shifts. */
function timeFrames() {
  const timed = { frames: /** @type {number[]} */ ([]), shift: 0 };
  Object.assign(window, { timed });
  const { port1, port2 } = new MessageChannel();
  let begin = 0;
  port1.onmessage = () => timed.frames.push(performance.now() - begin);
  requestAnimationFrame(function frame(time) {
    begin = time;
    port2.postMessage(null); // delivered after the frame
    requestAnimationFrame(frame);
  });
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) timed.shift += Reflect.get(entry, 'value');
  }).observe({ type: 'layout-shift' });
}

/** @param {number} milliseconds */
function sleep(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
