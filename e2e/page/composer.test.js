import assert from 'node:assert/strict';
import { answer, ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

pageTest(
  'Enter that chooses an input method’s candidate sends nothing',
  async ({ page, gateway }) => {
    await page.locator('textarea').fill('にほん');
    await press(page, { isComposing: true });
    await press(page, { isComposing: false, keyCode: 229 }); // Safari, after the composition has ended
    assert.equal(gateway.questions.length, 0);
    assert.equal(await page.locator('textarea').inputValue(), 'にほん');

    await page.keyboard.press('Enter');
    await gateway.asked();
  },
);

pageTest('two Enters in one task send one question', async ({ page, gateway }) => {
  await page.locator('textarea').fill('Once');
  await press(page, {}, 2);
  const question = await gateway.asked();
  question.say('Yes');
  await answer(page).getByText('Yes').waitFor();
  assert.equal(gateway.questions.length, 1);
});

pageTest('Shift and Enter begin a new line', async ({ page, gateway }) => {
  await page.locator('textarea').fill('One');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('Two');
  assert.equal(await page.locator('textarea').inputValue(), 'One\nTwo');
  assert.equal(gateway.questions.length, 0);
});

pageTest(
  'on a touch screen Enter begins a new line and the button sends',
  async ({ page, gateway }) => {
    await page.locator('textarea').fill('One');
    await page.locator('textarea').press('Enter');
    assert.equal(await page.locator('textarea').inputValue(), 'One\n');
    assert.equal(gateway.questions.length, 0);
    await page.locator('#send').tap();
    await gateway.asked();
  },
  phone,
);

pageTest(
  'on a touch screen the buttons are round and large enough for a finger',
  async ({ page }) => {
    const send = await page.locator('#send').boundingBox();
    assert.deepEqual([send?.width, send?.height], [44, 44]);
    const attach = await page.getByRole('button', { name: 'Attach text files' }).boundingBox();
    assert.deepEqual([attach?.width, attach?.height], [44, 44]);
  },
  phone,
);

pageTest('while an answer is written Enter keeps the draft', async ({ page, gateway }) => {
  await ask(page, 'First');
  await gateway.asked();
  await ask(page, 'Next');
  assert.equal(await page.locator('textarea').inputValue(), 'Next');
  assert.equal(gateway.questions.length, 1);
});

pageTest('Enter sends as soon as an answer has ended, drawn or not', async parts => {
  const { page, gateway } = parts;
  await ask(page, 'First');
  const first = await gateway.asked();
  first.say('One');
  await answer(page).getByText('One').waitFor();
  await page.evaluate(() => {
    const never = () => 0;
    Object.assign(window, { requestAnimationFrame: never, setTimeout: never });
  });
  first.complete();
  await page.locator('textarea').fill('Next');
  while (gateway.questions.length < 2) await page.keyboard.press('Enter');
  assert.equal(gateway.questions[1].body.messages.at(-1).content, 'Next');
});

pageTest('a draft survives a reload and belongs to its conversation', async ({ page, gateway }) => {
  await ask(page, 'First');
  const question = await gateway.asked();
  question.say('One');
  question.complete();
  await page.locator('[data-status=complete]').waitFor();
  await page.locator('textarea').fill('Not yet');
  await page.reload();
  await page.waitForFunction(() => document.querySelector('textarea')?.value === 'Not yet');

  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  assert.equal(await page.locator('textarea').inputValue(), '');
});

pageTest('blank text is not sent', async ({ page, gateway }) => {
  await ask(page, '  \n ');
  assert.equal(await page.locator('#send').getAttribute('aria-disabled'), 'true');
  await page.locator('#send').click({ force: true });
  assert.equal(gateway.questions.length, 0);
});

pageTest('a suggestion fills the composer and sends nothing', async ({ page, gateway }) => {
  const suggestion = page.locator('#suggestions button').first();
  const words = await suggestion.textContent();
  await suggestion.click();
  assert.equal(await page.locator('textarea').inputValue(), words);
  assert.equal(await focused(page), 'message');
  assert.equal(gateway.questions.length, 0);
});

pageTest('the focus stays in the composer from question to answer', async ({ page, gateway }) => {
  await ask(page, 'Hello');
  const question = await gateway.asked();
  assert.equal(await focused(page), 'message');
  question.say('Hi');
  question.complete();
  await page.locator('[data-status=complete]').waitFor();
  assert.equal(await focused(page), 'message');
});

pageTest('the composer grows with its text up to twelve lines', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1000 });
  const field = page.locator('textarea');
  const line = (await field.boundingBox())?.height ?? 0;
  await field.fill('1\n2\n3');
  assert.equal((await field.boundingBox())?.height, 3 * line);
  await field.fill('line\n'.repeat(40));
  assert.equal((await field.boundingBox())?.height, 12 * line);
});

pageTest('it grows also where the style sheet cannot make it', async ({ page }) => {
  await page.addInitScript(() => {
    const { supports } = CSS;
    const without = (/** @type {string[]} */ ...asked) =>
      asked[0] !== 'field-sizing' && Reflect.apply(supports, CSS, asked);
    Object.assign(CSS, { supports: without });
  });
  await page.reload();
  const field = page.locator('textarea');
  await field.evaluate(node => node.style.setProperty('field-sizing', 'fixed'));
  const line = (await field.boundingBox())?.height ?? 0;
  await field.fill('1\n2\n3');
  assert.equal((await field.boundingBox())?.height, 3 * line);
  await field.fill('');
  assert.equal((await field.boundingBox())?.height, line);
});

pageTest('a long question is folded in its bubble until it is asked for', async ({ page }) => {
  const long = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n');
  await ask(page, long);
  const bubble = page.locator('[data-role=user] .turn-text');
  await bubble.waitFor();
  const folded = (await bubble.boundingBox())?.height ?? 0;
  assert.ok(folded < 14 * 26, `${folded} px`);
  await page.getByRole('button', { name: 'Show all' }).click();
  assert.ok(((await bubble.boundingBox())?.height ?? 0) >= 40 * 26);
  assert.equal(await bubble.textContent(), long);
  await page.getByRole('button', { name: 'Show less' }).click();
  assert.equal((await bubble.boundingBox())?.height, folded);
});

/**
 * Presses Enter as an input method would have the browser report it.
 * @param {Page} page
 * @param {{ isComposing?: boolean, keyCode?: number }} how
 */
function press(page, how, times = 1) {
  const init = { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true, ...how };
  return page.evaluate(
    ([init, times]) => {
      for (let time = 0; time < times; time++) {
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init));
      }
    },
    /** @type {const} */ ([init, times]),
  );
}

/** @param {Page} page */
function focused(page) {
  return page.evaluate(() => document.activeElement?.getAttribute('name'));
}
