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

pageTest('who scrolls up is left alone', async ({ page, gateway }) => {
  await ask(page, 'Tell me');
  const question = await gateway.asked();
  question.say(paragraph.repeat(20));
  await page.locator('#latest').click();
  await page.mouse.move(700, 300);
  await page.mouse.wheel(0, -300);
  await page.waitForFunction(() => {
    const thread = /** @type {HTMLElement} */ (document.querySelector('#thread'));
    return thread.scrollHeight - thread.clientHeight - thread.scrollTop >= 299;
  });
  await settled(page);
  const place = await scrollTop(page);
  for (let piece = 0; piece < 10; piece++) {
    question.say(paragraph);
    await settled(page);
    assert.ok(Math.abs((await scrollTop(page)) - place) <= 2);
  }
});

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
