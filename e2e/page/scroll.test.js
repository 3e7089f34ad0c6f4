import assert from 'node:assert/strict';
import { answer, ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const paragraph = 'Some words that fill a line and then one more, so that it wraps.\n\n';

pageTest('a question goes to the top and stays there', async ({ page, gateway }) => {
  await answered(page, gateway, 'First', paragraph.repeat(20));
  await ask(page, 'Second');
  const question = await gateway.asked();
  await page.getByText('Second').waitFor();
  await settled(page);
  const top = await topOf(page, 'Second');
  assert.ok(top > 0 && top <= 64, `${top} px`);

  for (let piece = 0; piece < 20; piece++) {
    question.say(paragraph);
    await settled(page);
    assert.equal(await topOf(page, 'Second'), top);
  }
  question.complete();
  await page.locator('[data-status=complete]').nth(1).waitFor();
  await settled(page);
  assert.equal(await topOf(page, 'Second'), top);
});

pageTest('Latest goes to the end and then follows', async ({ page, gateway }) => {
  await ask(page, 'Tell me');
  const question = await gateway.asked();
  question.say(paragraph.repeat(20));
  await page.locator('#latest').click();
  for (let piece = 0; piece < 10; piece++) {
    question.say(paragraph);
    await settled(page);
    assert.ok((await fromEnd(page)) <= 2);
  }
  assert.equal(await page.locator('#latest').isVisible(), false);
});

/** The ways to scroll up. @type {Record<string, (page: Page) => Promise<unknown>>} */
const waysUp = {
  'by wheel': async page => {
    await page.mouse.move(700, 300);
    await page.mouse.wheel(0, -300);
  },
  'by key': async page => {
    await page.locator('#thread').focus();
    await page.keyboard.press('PageUp');
  },
  'by the bar': page => page.locator('#thread').evaluate(thread => thread.scrollBy(0, -300)),
  'by touch': async page => {
    const screen = await page.context().newCDPSession(page);
    await screen.send('Emulation.setTouchEmulationEnabled', { enabled: true });
    await screen.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at(200)] });
    for (let y = 220; y <= 520; y += 20) {
      await screen.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [at(y)] });
    }
    await screen.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  },
};

for (const [how, scrollUp] of Object.entries(waysUp)) {
  pageTest(`who scrolls up ${how} is left alone`, async ({ page, gateway }) => {
    await ask(page, 'Tell me');
    const question = await gateway.asked();
    question.say(paragraph.repeat(20), '```js\n', 'const line = 1;\n'.repeat(40));
    await page.locator('#latest').click();
    await settled(page);
    await scrollUp(page);
    await page.waitForFunction(() => {
      const thread = /** @type {HTMLElement} */ (document.querySelector('#thread'));
      return thread.scrollHeight - thread.clientHeight - thread.scrollTop >= 250;
    });
    await atRest(page);
    const place = await scrollTop(page);
    for (let piece = 0; piece < 30; piece++) {
      question.say(`const line${piece} = ${piece};\n`);
      await settled(page);
      assert.ok(Math.abs((await scrollTop(page)) - place) <= 2);
    }
  });
}

pageTest('who reads the middle stays there when the answer ends', async ({ page, gateway }) => {
  await ask(page, 'Tell me');
  const question = await gateway.asked();
  question.say(paragraph.repeat(60));
  await page.locator('#latest').waitFor();
  await page.locator('#thread').evaluate(thread => thread.scrollTo(0, 700));
  await settled(page);
  question.say('The end.');
  question.complete();
  await page.locator('[data-status=complete]').waitFor();
  await settled(page);
  assert.equal(await scrollTop(page), 700);
});

for (const deviceScaleFactor of [0.85, 1.1]) {
  pageTest(
    `at a zoom of ${deviceScaleFactor} what follows the text goes down only`,
    async ({ page, gateway }) => {
      await ask(page, 'Tell me');
      const question = await gateway.asked();
      question.say(paragraph.repeat(20));
      await page.locator('#latest').click();
      await page.evaluate(() => {
        const thread = /** @type {HTMLElement} */ (document.querySelector('#thread'));
        const places = Object.assign(window, { places: [thread.scrollTop] }).places;
        requestAnimationFrame(function look() {
          places.push(thread.scrollTop);
          requestAnimationFrame(look);
        });
      });
      for (let piece = 0; piece < 40; piece++) {
        question.say('Words with `code` and **more** of it all, that go on. ');
        if (piece % 8 === 7) question.say('\n\n```js\nconst x = 1;\n```\n\n');
        await settled(page);
      }
      /** @type {number[]} */
      const places = await page.evaluate(() => Reflect.get(window, 'places'));
      const back = places.filter((place, at) => place < places[Math.max(0, at - 1)] - 1);
      assert.deepEqual(back, []);
      assert.ok(places[places.length - 1] > places[0]);
    },
    { deviceScaleFactor },
  );
}

pageTest(
  'when a keyboard takes half of the screen the composer is above it',
  async ({ page, gateway }) => {
    await page.locator('textarea').fill('Tell me');
    await page.locator('#send').tap();
    const question = await gateway.asked();
    question.say(paragraph.repeat(20));
    await page.locator('#latest').tap();
    await settled(page);
    await page.setViewportSize({ width: 390, height: 420 });
    await settled(page);
    const composer = await page.locator('#composer').boundingBox();
    assert.ok((composer?.y ?? 0) + (composer?.height ?? 0) <= 420);
    const last = await answer(page).locator('p').last().boundingBox();
    assert.ok((last?.y ?? 0) < (composer?.y ?? 0), 'the end of the answer is seen');
    const meta = await page.locator('meta[name=viewport]').getAttribute('content');
    assert.match(meta ?? '', /interactive-widget=resizes-content/);
    assert.doesNotMatch(meta ?? '', /user-scalable|maximum-scale/);
  },
  { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true },
);

pageTest(
  'the question stays at the top when the window changes its height',
  async ({ page, gateway }) => {
    await answered(page, gateway, 'First', paragraph.repeat(20));
    await ask(page, 'Second');
    await gateway.asked();
    await page.getByText('Second').waitFor();
    await settled(page);
    const top = await topOf(page, 'Second');
    await page.setViewportSize({ width: 1280, height: 900 });
    await settled(page);
    assert.equal(await topOf(page, 'Second'), top);
  },
);

/**
 * @param {Page} page
 * @param {{ asked: () => Promise<import('../support/exchange.js').Exchange> }} gateway
 * @param {string} text
 * @param {string} reply
 */
async function answered(page, gateway, text, reply) {
  await ask(page, text);
  const question = await gateway.asked();
  question.say(reply);
  question.complete();
  await answer(page).and(page.locator('[data-status=complete]')).waitFor();
}

/** Two frames: one that draws, one by which it was drawn. @param {Page} page */
function settled(page) {
  return page.evaluate(
    () =>
      new Promise(resolve => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 30)));
      }),
  );
}

/** @param {number} y */
function at(y) {
  return { x: 700, y };
}

/** Until a scroll that glides has come to its end. @param {Page} page */
async function atRest(page) {
  for (let before = Number.NaN, now = await scrollTop(page); now !== before; ) {
    before = now;
    await settled(page);
    now = await scrollTop(page);
  }
}

/**
 * How far a question is below the header.
 * @param {Page} page
 * @param {string} text
 */
async function topOf(page, text) {
  const question = await page.locator('[data-role=user]').filter({ hasText: text }).boundingBox();
  const header = await page.locator('header').boundingBox();
  return (question?.y ?? 0) - (header?.y ?? 0) - (header?.height ?? 0);
}

/** @param {Page} page */
function scrollTop(page) {
  return page.locator('#thread').evaluate(thread => thread.scrollTop);
}

/** @param {Page} page */
function fromEnd(page) {
  return page
    .locator('#thread')
    .evaluate(thread => thread.scrollHeight - thread.clientHeight - thread.scrollTop);
}
