import assert from 'node:assert/strict';
import { lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */
/** @import { HttpExchange } from '../support/http-exchange.js' */

for (const [
  what,
  end,
] of /** @type {[string, (exchange: HttpExchange, page: Page) => unknown][]} */ ([
  ['an error', exchange => exchange.sendErrorEvent('timeout', 'Too late')],
  ['a disconnect', exchange => exchange.disconnect()],
  ['the length limit', exchange => exchange.incomplete('max_output_tokens')],
  ['a cancellation', exchange => exchange.incomplete('cancelled')],
  ['Stop', (_exchange, page) => page.locator('#send').click()],
  ['a reload', (_exchange, page) => page.reload()],
]))
  pageTest(`Continue goes on in the same turn after ${what}`, async ({ page, gateway }) => {
    await sendMessage(page, 'Tell me');
    const first = await gateway.nextExchange();
    first.sendDelta('The quick brown');
    await lastAnswer(page).getByText('The quick brown').waitFor();
    await end(first, page);
    await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();

    const { body, sendDelta, complete } = await gateway.nextExchange();
    const [question, answer, request, ...more] = body.messages;
    assert.deepEqual(question, { role: 'user', content: 'Tell me' });
    assert.deepEqual(answer, { role: 'assistant', content: 'The quick brown' });
    assert.equal(request.role, 'user');
    assert.deepEqual(more, []);
    sendDelta(' fox');
    await lastAnswer(page).getByText('The quick brown fox').waitFor();
    assert.equal(await lastAnswer(page).getByRole('alert').count(), 0);
    complete();
    await page.locator('[data-status=complete]').waitFor();
    assert.deepEqual(await texts(page), ['Tell me', 'The quick brown fox']);
    await page.reload();
    await page.locator('[data-status=complete]').waitFor();
    assert.deepEqual(await texts(page), ['Tell me', 'The quick brown fox']);
    assert.equal(await page.getByRole('button', { name: 'Continue' }).count(), 0);
  });

pageTest('Continue goes on in the same code block', async ({ page, gateway }) => {
  await sendMessage(page, 'Code');
  const first = await gateway.nextExchange();
  first.sendDelta('```js\nconst one = 1;\nconst tw');
  first.incomplete('max_output_tokens');
  await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
  const second = await gateway.nextExchange();
  second.sendDelta('```js\n', 'const tw', 'o = 2;\n```\n\nThat is all.');
  second.complete();
  await page.locator('[data-status=complete]').getByText('That is all.').waitFor();
  assert.equal(await lastAnswer(page).locator('figure').count(), 1);
  const code = await lastAnswer(page).locator('figure code').textContent();
  assert.equal(code, 'const one = 1;\nconst two = 2;');
});

pageTest('a double click on Continue or on Retry asks once', async ({ page, gateway }) => {
  await answerHalf(page, gateway, exchange => exchange.disconnect());
  for (const name of ['Continue', 'Retry']) {
    const asked = gateway.exchanges.length;
    const button = lastAnswer(page).getByRole('button', { name, exact: true });
    await button.evaluate((/** @type {HTMLButtonElement} */ node) => {
      node.click();
      node.click();
    });
    (await gateway.nextExchange()).sendErrorEvent('timeout', 'Too late');
    await lastAnswer(page).getByRole('alert').waitFor();
    assert.equal(gateway.exchanges.length, asked + 1);
  }
});

pageTest('Continue can be pressed again after its module was not loaded', async fixtures => {
  const { page, gateway } = fixtures;
  await answerHalf(page, gateway, exchange => exchange.incomplete('max_output_tokens'));
  const module = '**/assets/continuation-*.js';
  await page.route(module, route => route.abort());
  const button = lastAnswer(page).getByRole('button', { name: 'Continue' });
  await button.click();
  await page.getByText('A part of this page could not be loaded.').waitFor();
  await page.unroute(module);
  await button.click();
  (await gateway.nextExchange()).complete();
  await page.locator('[data-status=complete]').waitFor();
  assert.equal(gateway.exchanges.length, 2);
});

pageTest('the focus stays in the conversation when Continue goes', async ({ page, gateway }) => {
  await answerHalf(page, gateway, exchange => exchange.incomplete('max_output_tokens'));
  await lastAnswer(page).getByRole('button', { name: 'Continue' }).press('Enter');
  (await gateway.nextExchange()).sendDelta(' an answer');
  await lastAnswer(page).getByText('Half an answer').waitFor();
  await page.locator('#thread:focus').waitFor();
});

pageTest('a continuation shows that it waits, and Stop ends it', async ({ page, gateway }) => {
  await answerHalf(page, gateway, exchange => exchange.incomplete('max_output_tokens'));
  await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
  const second = await gateway.nextExchange();
  await lastAnswer(page).locator('.spinner-dot').waitFor();
  await lastAnswer(page)
    .getByText(/^Thinking… \d+ s$/)
    .waitFor();
  await page.locator('#send').click();
  assert.equal(await second.aborted, true);
  await page.locator('[data-status=stopped]').waitFor();
  assert.equal(await lastAnswer(page).locator('.turn-text').textContent(), 'Half');
  await lastAnswer(page).getByRole('button', { name: 'Continue' }).waitFor();
});

pageTest('a continuation without text keeps the answer and says so', async fixtures => {
  const { page, gateway } = fixtures;
  await answerHalf(page, gateway, exchange => exchange.incomplete('max_output_tokens'));
  await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
  const second = await gateway.nextExchange();
  second.start();
  second.incomplete('no_output');
  await lastAnswer(page).getByText('The model added nothing.').waitFor();
  assert.deepEqual(await texts(page), ['Tell me', 'Half']);
});

pageTest('another tab shows the continued answer', async ({ page, gateway }) => {
  await answerHalf(page, gateway, exchange => exchange.incomplete('max_output_tokens'));
  await lastAnswer(page).getByRole('button', { name: 'Continue' }).waitFor();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await lastAnswer(other).getByRole('button', { name: 'Continue' }).waitFor();

  await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
  const second = await gateway.nextExchange();
  second.sendDelta(' an answer');
  second.complete();
  await lastAnswer(other).getByText('Half an answer').waitFor();
  const button = lastAnswer(other).getByRole('button', { name: 'Continue' });
  await button.waitFor({ state: 'detached' });
});

pageTest('the next question has the continued answer', async ({ page, gateway }) => {
  await answerHalf(page, gateway, exchange => exchange.disconnect());
  await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
  (await gateway.nextExchange()).sendErrorEvent('timeout', 'Too late');
  await lastAnswer(page).getByText('Too late').waitFor();
  await sendMessage(page, 'Next');
  const { body } = await gateway.nextExchange();
  assert.deepEqual(
    body.messages.map((/** @type {{ content: string }} */ { content }) => content),
    ['Tell me', 'Half', 'Next'],
  );
});

/**
 * Streams the text “Half”, and ends the answer when the page shows it.
 * @param {Page} page
 * @param {ScriptedGateway} gateway
 * @param {(exchange: HttpExchange) => void} end
 */
async function answerHalf(page, gateway, end) {
  await sendMessage(page, 'Tell me');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Half');
  await lastAnswer(page).getByText('Half').waitFor();
  end(exchange);
}

/** @param {Page} page */
function texts(page) {
  return page.locator('.turn-text').allTextContents();
}
