import assert from 'node:assert/strict';
import { answered, ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest('an answer is read aloud without its markup, line by line', async ({ page, gateway }) => {
  await withVoice(page);
  await ask(page, 'Hello');
  const question = await gateway.asked();
  question.say('## Rivers\n\nThe **Nile** is [long](https://example.org).');
  question.complete();
  await page.getByRole('button', { name: 'Read aloud' }).click();
  const stop = page.getByRole('button', { name: 'Stop reading' });
  await stop.waitFor();
  assert.deepEqual(await heard(page), ['Rivers']);
  await finish(page);
  await page.waitForFunction(() => Reflect.get(window, 'heard').length === 2);
  assert.deepEqual(await heard(page), ['Rivers', 'The Nile is long.']);
  await finish(page);
  await page.getByRole('button', { name: 'Read aloud' }).waitFor();
});

/** The ways to silence. @type {Record<string, (page: Page) => Promise<unknown>>} */
const silencing = {
  'its button': page => page.getByRole('button', { name: 'Stop reading' }).click(),
  Esc: page => page.keyboard.press('Escape'),
  'another conversation': page => page.keyboard.press('Control+Shift+O'),
};

for (const [how, silence] of Object.entries(silencing)) {
  pageTest(`${how} ends the reading`, async ({ page, gateway }) => {
    await withVoice(page);
    await ask(page, 'Hello');
    await answered(page, gateway, 'One');
    await page.getByRole('button', { name: 'Read aloud' }).click();
    await page.getByRole('button', { name: 'Stop reading' }).waitFor();
    await silence(page);
    await page.getByRole('button', { name: 'Stop reading' }).waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => Reflect.get(window, 'speaking')), false);
  });
}

pageTest('without a voice there is no button for it', async ({ page, gateway }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'speechSynthesis'));
  await page.reload();
  await ask(page, 'Hello');
  await answered(page, gateway, 'One');
  await page.getByRole('button', { name: 'Copy answer' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Read aloud' }).count(), 0);
});

/** Gives the browser a voice that the test hears. @param {Page} page */
async function withVoice(page) {
  await page.addInitScript(() => {
    /** @type {SpeechSynthesisUtterance | undefined} */
    let now;
    const said = { heard: /** @type {string[]} */ ([]), speaking: false, finish };
    Object.assign(window, said);
    Object.defineProperty(window, 'speechSynthesis', { value: { speak, cancel } });

    /** @param {SpeechSynthesisUtterance} utterance */
    function speak(utterance) {
      now = utterance;
      Reflect.set(window, 'speaking', true);
      said.heard.push(utterance.text);
    }

    function cancel() {
      const cancelled = now;
      now = undefined;
      Reflect.set(window, 'speaking', false);
      cancelled?.dispatchEvent(new Event('error'));
    }

    function finish() {
      const finished = now;
      now = undefined;
      finished?.dispatchEvent(new Event('end'));
    }
  });
  await page.reload();
}

/** @param {Page} page */
function heard(page) {
  return page.evaluate(() => Reflect.get(window, 'heard'));
}

/** The voice comes to the end of its line. @param {Page} page */
function finish(page) {
  return page.evaluate(() => Reflect.get(window, 'finish')());
}
