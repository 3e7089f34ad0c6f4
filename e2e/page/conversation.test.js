import assert from 'node:assert/strict';
import { answer, ask, pageTest } from '../support/chat-page.js';

pageTest('an answer grows while it is being written', async ({ page, gateway }) => {
  await ask(page, 'Say hello');
  const question = await gateway.asked();
  assert.equal(question.headers.authorization, 'Bearer scripted-token');
  assert.deepEqual(question.body, { messages: [{ role: 'user', content: 'Say hello' }] });

  question.say('Hello');
  await answer(page).getByText('Hello', { exact: true }).waitFor();
  assert.equal(await answer(page).getAttribute('data-status'), 'streaming');
  question.say(', ', 'world');
  await answer(page).getByText('Hello, world', { exact: true }).waitFor();
  question.complete();
  await page.locator('[data-status=complete]').waitFor();
  await answer(page).getByText('scripted-1').waitFor();
});

pageTest('stop keeps what is written and ends the request', async ({ page, gateway }) => {
  await ask(page, 'Tell me everything');
  const question = await gateway.asked();
  question.say('Everything begins');
  await answer(page).getByText('Everything begins').waitFor();
  await page.locator('#send').click();

  assert.equal(await question.aborted, true);
  await page.locator('[data-status=stopped]').waitFor();
  await page.reload();
  await page.locator('[data-status=stopped]').getByText('Everything begins').waitFor();
});

pageTest('a reload keeps the conversation', async ({ page, gateway }) => {
  await ask(page, 'First');
  const first = await gateway.asked();
  first.say('One');
  first.complete();
  await page.locator('[data-status=complete]').waitFor();
  await ask(page, 'Second');
  const second = await gateway.asked();
  second.say('Two');
  second.complete();
  await page.locator('[data-status=complete]').nth(1).waitFor();
  const before = await page.locator('.turn-text').allInnerTexts();
  assert.deepEqual(before, ['First', 'One', 'Second', 'Two']);

  await page.reload();
  await page.locator('.turn-text').nth(3).waitFor();
  assert.deepEqual(await page.locator('.turn-text').allInnerTexts(), before);
});
