import assert from 'node:assert/strict';
import { frames, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */
/** @import { HttpExchange } from '../support/http-exchange.js' */

const PARAGRAPH = 'Some words that fill a line and then one more, so that it wraps.\n\n';

pageTest('a sent message scrolls to the top and stays there', async ({ page, gateway }) => {
  await sendAndComplete(page, gateway, 'First', PARAGRAPH.repeat(20));
  await sendMessage(page, 'Second');
  const exchange = await gateway.nextExchange();
  await page.getByText('Second').waitFor();
  await scrollEnd(page);
  const top = await topOf(page, 'Second');
  assert.ok(top > 0 && top <= 64, `${top} px`);

  for (let count = 0; count < 20; count++) {
    await sendAndRender(page, exchange, PARAGRAPH);
    assert.equal(await topOf(page, 'Second'), top);
  }
  exchange.complete();
  await page.locator('[data-status=complete]').nth(1).waitFor();
  await scrollEnd(page);
  assert.equal(await topOf(page, 'Second'), top);
});

pageTest('the Latest button scrolls to the end and follows the text', async ({ page, gateway }) => {
  await sendMessage(page, 'Tell me');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta(PARAGRAPH.repeat(20));
  await page.locator('#latest').waitFor();
  await page.locator('#latest').press('Enter');
  await page.locator('#thread:focus').waitFor(); // the button goes
  await scrollEnd(page);
  for (let count = 0; count < 10; count++) {
    await sendAndRender(page, exchange, PARAGRAPH);
    assert.ok((await distanceFromEnd(page)) <= 2);
  }
  await page.locator('#latest').waitFor({ state: 'hidden' });
});

/** @type {Record<string, (page: Page) => Promise<unknown>>} */
const waysToScrollUp = {
  'by wheel': async page => {
    await page.mouse.move(700, 300);
    await page.mouse.wheel(0, -300);
  },
  'by key': async page => {
    await page.locator('#thread').focus();
    await page.keyboard.press('PageUp');
  },
  'by the scroll bar': page => page.locator('#thread').evaluate(thread => thread.scrollBy(0, -300)),
  'by touch': async page => {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: true });
    await session.send('Input.dispatchTouchEvent', {
      type: 'touchStart',
      touchPoints: [touchPoint(200)],
    });
    for (let y = 220; y <= 520; y += 20) {
      await session.send('Input.dispatchTouchEvent', {
        type: 'touchMove',
        touchPoints: [touchPoint(y)],
      });
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  },
};

for (const [way, scrollUp] of Object.entries(waysToScrollUp)) {
  pageTest(`scrolling up ${way} stops following the text`, async ({ page, gateway }) => {
    await sendMessage(page, 'Tell me');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta(PARAGRAPH.repeat(20), '```js\n', 'const line = 1;\n'.repeat(40));
    await page.locator('#latest').click();
    await scrollEnd(page);
    await scrollUp(page);
    await page.waitForFunction(() => {
      const thread = /** @type {HTMLElement} */ (document.querySelector('#thread'));
      return thread.scrollHeight - thread.clientHeight - thread.scrollTop >= 250;
    });
    await scrollEnd(page);
    const top = await scrollTop(page);
    for (let line = 0; line < 30; line++) {
      await sendAndRender(page, exchange, `const line${line} = ${line};\n`);
      assert.ok(Math.abs((await scrollTop(page)) - top) <= 2);
    }
  });
}

pageTest('the end of an answer keeps the scroll position', async ({ page, gateway }) => {
  await sendMessage(page, 'Tell me');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta(PARAGRAPH.repeat(60));
  await page.locator('#latest').waitFor();
  await page.locator('#thread').evaluate(thread => thread.scrollTo(0, 700));
  await scrollEnd(page);
  exchange.sendDelta('The end.');
  exchange.complete();
  await page.locator('[data-status=complete]').waitFor();
  await scrollEnd(page);
  assert.equal(await scrollTop(page), 700);
});

for (const deviceScaleFactor of [0.85, 1.1]) {
  pageTest(
    `following the text at a zoom of ${deviceScaleFactor} never scrolls up`,
    async ({ page, gateway }) => {
      await sendMessage(page, 'Tell me');
      const exchange = await gateway.nextExchange();
      exchange.sendDelta(PARAGRAPH.repeat(20));
      await page.locator('#latest').click();
      await page.evaluate(() => {
        const thread = /** @type {HTMLElement} */ (document.querySelector('#thread'));
        const { tops } = Object.assign(window, { tops: [thread.scrollTop] });
        requestAnimationFrame(function record() {
          tops.push(thread.scrollTop);
          requestAnimationFrame(record);
        });
      });
      for (let count = 1; count <= 40; count++) {
        await sendAndRender(
          page,
          exchange,
          'Words with `code` and **strong** text in a long line. ',
        );
        if (count % 8 === 0)
          await sendAndRender(page, exchange, '\n\n```js\nconst x = 1;\n```\n\n');
      }
      /** @type {number[]} */
      const tops = await page.evaluate(() => Reflect.get(window, 'tops'));
      const upward = tops.filter((top, index) => top < tops[Math.max(0, index - 1)] - 1);
      assert.deepEqual(upward, []);
      assert.ok(tops[tops.length - 1] > tops[0]);
    },
    { deviceScaleFactor },
  );
}

pageTest(
  'the composer and the end of the answer stay above an on-screen keyboard',
  async ({ page, gateway }) => {
    await page.locator('textarea').fill('Tell me');
    await page.locator('#send').tap();
    const exchange = await gateway.nextExchange();
    exchange.sendDelta(PARAGRAPH.repeat(20));
    await page.locator('#latest').tap();
    await scrollEnd(page);
    await page.setViewportSize({ width: 390, height: 420 });
    await scrollEnd(page);
    const composer = await page.locator('#composer').boundingBox();
    assert.ok((composer?.y ?? 0) + (composer?.height ?? 0) <= 420);
    const last = await lastAnswer(page).locator('p').last().boundingBox();
    assert.ok((last?.y ?? 0) < (composer?.y ?? 0), 'the end of the answer is visible');
    const meta = await page.locator('meta[name=viewport]').getAttribute('content');
    assert.match(meta ?? '', /interactive-widget=resizes-content/);
    assert.doesNotMatch(meta ?? '', /user-scalable|maximum-scale/);
  },
  { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true },
);

pageTest(
  'the sent message stays at the top when the window height changes',
  async ({ page, gateway }) => {
    await sendAndComplete(page, gateway, 'First', PARAGRAPH.repeat(20));
    await sendMessage(page, 'Second');
    await gateway.nextExchange();
    await page.getByText('Second').waitFor();
    await scrollEnd(page);
    const top = await topOf(page, 'Second');
    await page.setViewportSize({ width: 1280, height: 900 });
    await scrollEnd(page);
    assert.equal(await topOf(page, 'Second'), top);
  },
);

/**
 * Sends a message and completes its answer.
 * @param {Page} page
 * @param {ScriptedGateway} gateway
 * @param {string} text
 * @param {string} reply
 */
async function sendAndComplete(page, gateway, text, reply) {
  await sendMessage(page, text);
  const exchange = await gateway.nextExchange();
  exchange.sendDelta(reply);
  exchange.complete();
  await lastAnswer(page).and(page.locator('[data-status=complete]')).waitFor();
}

/**
 * Sends a delta and waits until the page has drawn it.
 * @param {Page} page
 * @param {HttpExchange} exchange
 * @param {string} delta
 */
async function sendAndRender(page, exchange, delta) {
  const text = lastAnswer(page).locator('.turn-text');
  const { length } = (await text.textContent()) ?? '';
  exchange.sendDelta(delta);
  await text.evaluate(async (node, length) => {
    while ((node.textContent ?? '').length <= length) await new Promise(requestAnimationFrame);
  }, length);
  await frames(page, 2); // one for the resize observers, one for their effect
}

/** @param {number} y */
function touchPoint(y) {
  return { x: 700, y };
}

/** Waits until no scrolling is in progress. @param {Page} page */
async function scrollEnd(page) {
  for (let before = Number.NaN, top = await scrollTop(page); top !== before; ) {
    before = top;
    await frames(page, 3);
    top = await scrollTop(page);
  }
}

/**
 * The distance of a message from the header in pixels.
 * @param {Page} page
 * @param {string} text
 */
async function topOf(page, text) {
  const message = await page.locator('[data-role=user]').filter({ hasText: text }).boundingBox();
  const header = await page.locator('header').boundingBox();
  return (message?.y ?? 0) - (header?.y ?? 0) - (header?.height ?? 0);
}

/** @param {Page} page */
function scrollTop(page) {
  return page.locator('#thread').evaluate(thread => thread.scrollTop);
}

/** @param {Page} page */
function distanceFromEnd(page) {
  return page
    .locator('#thread')
    .evaluate(thread => thread.scrollHeight - thread.clientHeight - thread.scrollTop);
}
