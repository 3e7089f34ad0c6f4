import assert from 'node:assert/strict';
import { ask, listen, pageTest } from '../support/chat-page.js';

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

    const words = `${Array.from({ length: 60 }, (_, piece) => `word${piece}`).join(' ')} end`;
    await spoken.until(words);
    assert.deepEqual(await spoken.all(), [
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
    await spoken.until('Copied');
    assert.deepEqual(await spoken.all(), ['Stopped', 'Copied']);
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);
