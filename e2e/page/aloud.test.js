import assert from 'node:assert/strict';
import { completeAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest(
  'Read aloud speaks an answer without its markup, line by line',
  async ({ page, gateway }) => {
    await fakeSpeech(page);
    await sendMessage(page, 'Hello');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('## Rivers\n\nThe **Nile** is [long](https://example.org).');
    exchange.complete();
    await page.getByRole('button', { name: 'Read aloud' }).click();
    const stop = page.getByRole('button', { name: 'Stop reading' });
    await stop.waitFor();
    assert.deepEqual(await utterances(page), ['Rivers']);
    await finish(page);
    await page.waitForFunction(() => Reflect.get(window, 'utterances').length === 2);
    assert.deepEqual(await utterances(page), ['Rivers', 'The Nile is long.']);
    await finish(page);
    await page.getByRole('button', { name: 'Read aloud' }).waitFor();
  },
);

/** @type {Record<string, (page: Page) => Promise<unknown>>} */
const waysToStop = {
  'the Stop reading button': page => page.getByRole('button', { name: 'Stop reading' }).click(),
  Escape: page => page.keyboard.press('Escape'),
  'a new chat': page => page.keyboard.press('Control+Shift+O'),
};

for (const [way, stop] of Object.entries(waysToStop)) {
  pageTest(`${way} stops reading aloud`, async ({ page, gateway }) => {
    await fakeSpeech(page);
    await sendMessage(page, 'Hello');
    await completeAnswer(page, gateway, 'One');
    await page.getByRole('button', { name: 'Read aloud' }).click();
    await page.getByRole('button', { name: 'Stop reading' }).waitFor();
    await stop(page);
    await page.getByRole('button', { name: 'Stop reading' }).waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => Reflect.get(window, 'speaking')), false);
  });
}

pageTest(
  'a browser without speech synthesis shows no Read aloud button',
  async ({ page, gateway }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'speechSynthesis'));
    await page.reload();
    await sendMessage(page, 'Hello');
    await completeAnswer(page, gateway, 'One');
    await page.getByRole('button', { name: 'Copy answer' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Read aloud' }).count(), 0);
  },
);

/** Replaces speech synthesis by a fake that the test controls. @param {Page} page */
async function fakeSpeech(page) {
  await page.addInitScript(() => {
    /** @type {SpeechSynthesisUtterance | undefined} */
    let current;
    /** @type {string[]} */
    const utterances = [];
    Object.assign(window, { utterances, speaking: false, finish });
    Object.defineProperty(window, 'speechSynthesis', { value: { speak, cancel } });

    /** @param {SpeechSynthesisUtterance} utterance */
    function speak(utterance) {
      current = utterance;
      Reflect.set(window, 'speaking', true);
      utterances.push(utterance.text);
    }

    function cancel() {
      const cancelled = current;
      current = undefined;
      Reflect.set(window, 'speaking', false);
      cancelled?.dispatchEvent(new Event('error'));
    }

    function finish() {
      const finished = current;
      current = undefined;
      finished?.dispatchEvent(new Event('end'));
    }
  });
  await page.reload();
}

/** @param {Page} page */
function utterances(page) {
  return page.evaluate(() => Reflect.get(window, 'utterances'));
}

/** Ends the current utterance. @param {Page} page */
function finish(page) {
  return page.evaluate(() => Reflect.get(window, 'finish')());
}
