import assert from 'node:assert/strict';
import { ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest(
  'an answer is spoken once, when it is there, and never in pieces',
  async ({ page, gateway }) => {
    const spoken = await listen(page);
    await ask(page, 'Hello');
    const question = await gateway.asked();
    for (let piece = 0; piece < 60; piece++) {
      question.say(`word${piece} `);
      await page.waitForTimeout(5);
    }
    assert.equal(await page.locator('#thread').getAttribute('aria-live'), 'off');
    assert.equal(await page.locator('[data-status=streaming]').getAttribute('aria-busy'), 'true');
    question.say('**end**');
    question.complete();
    await page.locator('[data-status=complete]').waitFor();
    await page.waitForTimeout(100);

    const words = `${Array.from({ length: 60 }, (_, piece) => `word${piece}`).join(' ')} end`;
    assert.deepEqual(await spoken(), [
      'Message sent',
      'Answering',
      'Answer complete, 61 words',
      words,
    ]);
    assert.equal(await page.locator('article').last().getAttribute('aria-busy'), 'false');
  },
);

pageTest(
  'what is done is said: stopped, copied',
  async ({ page, gateway }) => {
    await ask(page, 'Hello');
    const question = await gateway.asked();
    question.say('Half');
    await page.getByText('Half').waitFor();
    const spoken = await listen(page);
    await page.keyboard.press('Escape');
    await page.locator('[data-status=stopped]').waitFor();
    await page.getByRole('button', { name: 'Copy answer' }).click();
    await page.waitForTimeout(100);
    assert.deepEqual(await spoken(), ['Stopped', 'Copied']);
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);

/**
 * Writes down what a screen reader would be given.
 * @param {Page} page
 */
async function listen(page) {
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
  return () => page.evaluate(() => /** @type {any} */ (window).heard);
}
