import assert from 'node:assert/strict';
import { completeAnswer, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

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

// The event of an utterance that is cancelled, in Chromium and in Firefox.
for (const cancelled of ['error', 'end'])
  for (const [way, stop] of Object.entries(waysToStop))
    pageTest(`${way} stops reading aloud (${cancelled})`, async ({ page, gateway }) => {
      await fakeSpeech(page, cancelled);
      await sendMessage(page, 'Hello');
      const exchange = await gateway.nextExchange();
      exchange.sendDelta('One\n\nTwo\n\nThree');
      exchange.complete();
      await page.getByRole('button', { name: 'Read aloud' }).click();
      await page.getByRole('button', { name: 'Stop reading' }).waitFor();
      await stop(page);
      await page.getByRole('button', { name: 'Stop reading' }).waitFor({ state: 'detached' });
      assert.equal(await page.evaluate(() => Reflect.get(window, 'speaking')), false);
      assert.deepEqual(await utterances(page), ['One']);
    });

/** @type {Record<string, (page: Page) => Promise<unknown>>} */
const waysToRemove = {
  Regenerate: page => lastAnswer(page).getByRole('button', { name: 'Regenerate' }).click(),
  Edit: async page => {
    const question = page.locator('article[data-role=user]');
    await question.hover();
    await question.getByRole('button', { name: 'Edit' }).click();
    await page.locator('textarea[name=edit]').fill('Hi');
    await page.keyboard.press('Enter');
  },
  'a deletion': async page => {
    await page.getByRole('button', { name: 'More for “Hello”' }).press('Enter');
    await page.getByRole('button', { name: 'Delete' }).press('Enter');
  },
};

for (const [way, remove] of Object.entries(waysToRemove))
  pageTest(`${way} stops reading the answer that is removed`, async ({ page, gateway }) => {
    await fakeSpeech(page);
    await sendMessage(page, 'Hello');
    await completeAnswer(page, gateway, 'One');
    await page.getByRole('button', { name: 'Read aloud' }).click();
    await page.getByRole('button', { name: 'Stop reading' }).waitFor();
    await remove(page);
    await page.waitForFunction(() => !Reflect.get(window, 'speaking'));
    assert.deepEqual(await utterances(page), ['One']);
  });

pageTest('reading another answer aloud stops the first one', async ({ page, gateway }) => {
  await fakeSpeech(page, 'end');
  for (const text of ['One\n\nTwo', 'Three']) {
    await sendMessage(page, text);
    const exchange = await gateway.nextExchange();
    exchange.sendDelta(text);
    exchange.complete();
    await lastAnswer(page)
      .locator('p', { hasText: text.slice(-3) })
      .waitFor();
    await lastAnswer(page).getByRole('button', { name: 'Read aloud' }).click();
    await lastAnswer(page).getByRole('button', { name: 'Stop reading' }).waitFor();
  }
  assert.deepEqual(await utterances(page), ['One', 'Three']);
  assert.equal(await page.getByRole('button', { name: 'Stop reading' }).count(), 1);
});

pageTest('an answer is read by a voice of the device, or not at all', async ({ page, gateway }) => {
  await fakeSpeech(page);
  await sendMessage(page, 'Hello');
  await completeAnswer(page, gateway, 'One. Two.');
  await page.getByRole('button', { name: 'Read aloud' }).click();
  await page.getByRole('button', { name: 'Stop reading' }).waitFor();
  await page.waitForFunction(() => Reflect.get(window, 'utterances').length === 1);
  assert.deepEqual(await utterances(page), ['One.']);
  await page.keyboard.press('Escape');
  await page.evaluate(() => Reflect.get(speechSynthesis, 'voices').pop());
  await page.getByRole('button', { name: 'Read aloud' }).click();
  await page.getByText('Not read aloud: this device has no voice').waitFor();
  await page.getByRole('button', { name: 'Read aloud' }).waitFor();
  assert.deepEqual(await utterances(page), ['One.']);
});

pageTest('a voice that stops without an event does not hang', async ({ page, gateway }) => {
  await page.clock.install();
  await fakeSpeech(page);
  await sendMessage(page, 'Hello');
  await completeAnswer(page, gateway, 'One. Two.');
  await page.getByRole('button', { name: 'Read aloud' }).click();
  await page.waitForFunction(() => Reflect.get(window, 'utterances').length === 1);
  await page.clock.fastForward(20_000);
  await page.getByRole('button', { name: 'Read aloud' }).waitFor();
  assert.equal(await page.evaluate(() => Reflect.get(window, 'speaking')), false);
});

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

/**
 * Replaces speech synthesis by a fake that the test controls.
 * @param {Page} page
 * @param {string} [cancelledType]  of the event of a cancelled utterance
 */
async function fakeSpeech(page, cancelledType = 'error') {
  await page.addInitScript(cancelledType => {
    /** @type {SpeechSynthesisUtterance | undefined} */
    let current;
    /** @type {string[]} */
    const utterances = [];
    Object.assign(window, { utterances, speaking: false, finish });
    class FakeUtterance extends EventTarget {
      /** @param {string} text */
      constructor(text) {
        super();
        this.text = text;
        for (const type of ['end', 'error'])
          this.addEventListener(type, event => {
            const listener = /** @type {any} */ (this)[`on${type}`];
            listener(event);
          });
      }
    }

    const voices = [
      { lang: 'en-US', localService: false, default: true },
      { lang: 'en-GB', localService: true },
    ];
    const speech = { speak, cancel, voices, getVoices: () => voices, addEventListener() {} };
    Object.defineProperty(window, 'speechSynthesis', { value: speech });
    Object.assign(window, { SpeechSynthesisUtterance: FakeUtterance });

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
      cancelled?.dispatchEvent(new Event(cancelledType));
    }

    function finish() {
      const finished = current;
      current = undefined;
      finished?.dispatchEvent(new Event('end'));
    }
  }, cancelledType);
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
