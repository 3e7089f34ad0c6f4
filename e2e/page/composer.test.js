import assert from 'node:assert/strict';
import { lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

pageTest('Enter during an input method composition sends nothing', async ({ page, gateway }) => {
  await page.locator('textarea').fill('にほん');
  await pressEnter(page, { isComposing: true });
  await pressEnter(page, { isComposing: false, keyCode: 229 }); // Safari, after the end of the composition
  assert.equal(gateway.exchanges.length, 0);
  assert.equal(await page.locator('textarea').inputValue(), 'にほん');

  await page.keyboard.press('Enter');
  await gateway.nextExchange();
  assert.equal(gateway.exchanges.length, 1);
});

pageTest('two Enter events in one task send one message', async ({ page, gateway }) => {
  await page.locator('textarea').fill('Once');
  await pressEnter(page, {}, 2);
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Yes');
  await lastAnswer(page).getByText('Yes').waitFor();
  assert.equal(await page.locator('article').count(), 2);
  assert.equal(gateway.exchanges.length, 1);
});

pageTest('Shift+Enter inserts a line break', async ({ page, gateway }) => {
  await page.locator('textarea').fill('One');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('Two');
  assert.equal(await page.locator('textarea').inputValue(), 'One\nTwo');
  assert.equal(gateway.exchanges.length, 0);
});

pageTest(
  'Enter on a touch screen inserts a line break, and the button sends',
  async ({ page, gateway }) => {
    await page.locator('textarea').fill('One');
    await page.locator('textarea').press('Enter');
    assert.equal(await page.locator('textarea').inputValue(), 'One\n');
    assert.equal(gateway.exchanges.length, 0);
    await page.locator('#send').tap();
    await gateway.nextExchange();
    assert.equal(await focused(page), null); // the keyboard of the screen closes
  },
  PHONE,
);

pageTest(
  'the Enter key of a touch screen is labelled as what it does',
  async ({ page }) => {
    assert.equal(await page.locator('textarea').getAttribute('enterkeyhint'), 'enter');
  },
  PHONE,
);

pageTest('the Enter key of a keyboard is labelled as what it does', async ({ page }) => {
  assert.equal(await page.locator('textarea').getAttribute('enterkeyhint'), 'send');
});

pageTest(
  'the composer buttons on a touch screen are 44 pixels square',
  async ({ page }) => {
    const send = await page.locator('#send').boundingBox();
    assert.deepEqual([send?.width, send?.height], [44, 44]);
    const attach = await page.getByRole('button', { name: 'Attach text files' }).boundingBox();
    assert.deepEqual([attach?.width, attach?.height], [44, 44]);
  },
  PHONE,
);

pageTest('Enter sends after the end of an answer that is not drawn yet', async fixtures => {
  const { page, gateway } = fixtures;
  await sendMessage(page, 'First');
  const first = await gateway.nextExchange();
  first.sendDelta('One');
  await lastAnswer(page).getByText('One').waitFor();
  await page.evaluate(() => {
    const never = () => 0;
    Object.assign(window, { requestAnimationFrame: never, setTimeout: never });
  });
  first.complete();
  await page.locator('textarea').fill('Next');
  while (gateway.exchanges.length < 2) await page.keyboard.press('Enter');
  assert.equal(gateway.exchanges[1].body.messages.at(-1).content, 'Next');
});

pageTest('Enter and the button send no blank message', async ({ page, gateway }) => {
  await sendMessage(page, '  \n ');
  assert.equal(await page.locator('#send').getAttribute('aria-disabled'), 'true');
  await page.locator('#send').click({ force: true });
  assert.equal(gateway.exchanges.length, 0);
});

pageTest('a suggestion fills the composer without sending', async ({ page, gateway }) => {
  const suggestion = page.locator('#suggestions button').first();
  const text = await suggestion.textContent();
  await suggestion.click();
  assert.equal(await page.locator('textarea').inputValue(), text);
  assert.equal(await focused(page), 'message');
  assert.equal(gateway.exchanges.length, 0);
});

pageTest('a suggestion goes below what was typed', async ({ page }) => {
  const suggestion = page.locator('#suggestions button').first();
  const text = await suggestion.textContent();
  await page.locator('textarea').fill('Green tea');
  await suggestion.click();
  assert.equal(await page.locator('textarea').inputValue(), `Green tea\n\n${text}`);
  await page.reload();
  await page.waitForFunction(
    draft => document.querySelector('textarea')?.value === draft,
    `Green tea\n\n${text}`,
  );
});

pageTest('a double click on Send sends, and does not stop the answer', async fixtures => {
  const { page, gateway } = fixtures;
  await page.locator('textarea').fill('Green tea');
  await page.locator('#send').click();
  const first = await gateway.nextExchange();
  first.complete();
  await page.locator('[data-status=complete]').waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
  await page.locator('textarea').fill('Black tea');
  await page.locator('#send').hover(); // waits until the button does not move
  await press(page, 1);
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await press(page, 2);
  const second = await gateway.nextExchange();
  second.sendDelta('Four minutes.');
  await lastAnswer(page).getByText('Four minutes.').waitFor();
  assert.equal(await lastAnswer(page).getAttribute('data-status'), 'streaming');
  second.complete();
  await page.locator('[data-status=complete]').nth(1).waitFor();
});

pageTest('a double click on Stop does not send what was typed', async ({ page, gateway }) => {
  await sendMessage(page, 'Green tea');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Two');
  await lastAnswer(page).getByText('Two').waitFor();
  await page.locator('textarea').fill('Black tea');
  await page.locator('#send').hover();
  await press(page, 1);
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
  await press(page, 2);
  assert.equal(await page.locator('textarea').inputValue(), 'Black tea');
  assert.equal(gateway.exchanges.length, 1);
});

pageTest('the keyboard presses the button twice', async ({ page, gateway }) => {
  await page.locator('textarea').fill('Green tea');
  await page.locator('#send').focus();
  await page.keyboard.press('Enter');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Two');
  await lastAnswer(page).getByText('Two').waitFor();
  await page.locator('#send').focus();
  await page.keyboard.press('Space');
  await page.locator('[data-status=stopped]').waitFor();
  assert.equal(await exchange.aborted, true);
});

pageTest(
  'the composer keeps the focus while an answer streams and completes',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    const exchange = await gateway.nextExchange();
    assert.equal(await focused(page), 'message');
    exchange.sendDelta('Hi');
    exchange.complete();
    await page.locator('[data-status=complete]').waitFor();
    assert.equal(await focused(page), 'message');
  },
);

pageTest('the composer grows with its text up to twelve lines', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1000 });
  const composer = page.locator('textarea');
  const line = (await composer.boundingBox())?.height ?? 0;
  await composer.fill('1\n2\n3');
  assert.equal((await composer.boundingBox())?.height, 3 * line);
  await composer.fill('line\n'.repeat(40));
  assert.equal((await composer.boundingBox())?.height, 12 * line);
});

pageTest('the composer grows without support for field-sizing', async ({ page }) => {
  await page.addInitScript(() => {
    const { supports } = CSS;
    const withoutFieldSizing = (/** @type {string[]} */ ...query) =>
      query[0] !== 'field-sizing' && Reflect.apply(supports, CSS, query);
    Object.assign(CSS, { supports: withoutFieldSizing });
  });
  await page.reload();
  const composer = page.locator('textarea');
  await composer.evaluate(node => node.style.setProperty('field-sizing', 'fixed'));
  const line = (await composer.boundingBox())?.height ?? 0;
  await composer.fill('1\n2\n3');
  assert.equal((await composer.boundingBox())?.height, 3 * line);
  await composer.fill('');
  assert.equal((await composer.boundingBox())?.height, line);
});

pageTest('a long message is collapsed until Show all is pressed', async ({ page }) => {
  const long = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n');
  await sendMessage(page, long);
  const bubble = page.locator('[data-role=user] .turn-text');
  await bubble.waitFor();
  const collapsed = (await bubble.boundingBox())?.height ?? 0;
  assert.ok(collapsed < 14 * 26, `${collapsed} px`);
  await page.getByRole('button', { name: 'Show all' }).click();
  assert.ok(((await bubble.boundingBox())?.height ?? 0) >= 40 * 26);
  assert.equal(await bubble.textContent(), long);
  await page.getByRole('button', { name: 'Show less' }).click();
  assert.equal((await bubble.boundingBox())?.height, collapsed);
});

/**
 * Dispatches keydown events of Enter in one task.
 * @param {Page} page
 * @param {{ isComposing?: boolean, keyCode?: number }} init
 */
function pressEnter(page, init, times = 1) {
  const event = { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true, ...init };
  return page.evaluate(
    ([event, times]) => {
      for (let time = 0; time < times; time++) {
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', event));
      }
    },
    /** @type {const} */ ([event, times]),
  );
}

/**
 * Presses the mouse where it is, as the click with this number within the time of a double click.
 * @param {Page} page
 * @param {number} clickCount
 */
async function press(page, clickCount) {
  await page.mouse.down({ clickCount });
  await page.mouse.up({ clickCount });
}

/** @param {Page} page */
function focused(page) {
  return page.evaluate(() => document.activeElement?.getAttribute('name'));
}
