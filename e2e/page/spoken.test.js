import assert from 'node:assert/strict';
import { frames, pageTest, recordAnnouncements, sendMessage } from '../support/chat-page.js';

pageTest('an answer is announced once, when it is complete', async ({ page, gateway }) => {
  const announcements = await recordAnnouncements(page);
  await sendMessage(page, 'Hello');
  const exchange = await gateway.nextExchange();
  await announcements.waitFor('Message sent');
  for (let index = 0; index < 60; index++) {
    exchange.sendDelta(`word${index} `);
    await frames(page, 1);
  }
  assert.equal(await page.locator('#thread').getAttribute('aria-live'), 'off');
  assert.equal(await page.locator('[data-status=streaming]').getAttribute('aria-busy'), 'true');
  exchange.sendDelta('**end**');
  exchange.complete();
  await page.locator('[data-status=complete]').waitFor();

  const text = `${Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ')} end`;
  await announcements.waitFor(text);
  assert.deepEqual(await announcements.all(), [
    'Message sent',
    'Answering',
    'Answer complete, 61 words',
    text,
  ]);
  assert.equal(await page.locator('article').last().getAttribute('aria-busy'), 'false');
});

pageTest('an answer within one frame is announced', async ({ page, gateway }) => {
  // No frame is drawn between the question and the end of its answer.
  await page.evaluate(() => {
    const draw = requestAnimationFrame;
    window.requestAnimationFrame = callback => Number(setTimeout(() => draw(callback), 1000));
  });
  const announcements = await recordAnnouncements(page);
  await sendMessage(page, 'Are rivers wet?');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Yes.');
  exchange.complete();
  await announcements.waitFor('Yes.');
  assert.deepEqual(await announcements.all(), [
    'Message sent',
    'Answering',
    'Answer complete, 1 word',
    'Yes.',
  ]);
});

pageTest(
  'Escape and Copy answer announce their results',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('Half');
    await page.getByText('Half').waitFor();
    const announcements = await recordAnnouncements(page);
    await page.keyboard.press('Escape');
    await page.locator('[data-status=stopped]').waitFor();
    await page.getByRole('button', { name: 'Copy answer' }).click();
    await announcements.waitFor('Copied');
    assert.deepEqual(await announcements.all(), ['Stopped', 'Copied']);
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);
