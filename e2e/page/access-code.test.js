import assert from 'node:assert/strict';
import { axeViolations } from '../support/axe-violations.js';
import { completeAnswer, pageTest, sendMessage, untilCapable } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const CODE = 'correct-horse';

/**
 * A test of a page whose gateway has a list of models, with which a code is checked.
 * @type {typeof pageTest}
 */
function codeTest(name, body, options) {
  pageTest(name, body, { capabilities: ['resume'], ...options });
}

const dialog = (/** @type {Page} */ page) => page.getByRole('dialog', { name: 'Access code' });
const field = (/** @type {Page} */ page) => dialog(page).getByLabel('Access code');

/**
 * @param {Page} page
 * @param {string} code
 */
async function enter(page, code) {
  await field(page).fill(code);
  await page.keyboard.press('Enter');
}

codeTest('a question waits for the access code and is then answered', async fixtures => {
  const { page, gateway } = fixtures;
  gateway.setAccessCode(CODE);
  await sendMessage(page, 'A question');
  await dialog(page).waitFor();
  await page.locator('input[name=access-code]:focus').waitFor();
  await enter(page, 'wrong-horse');
  await dialog(page).getByText('This code is not valid.').waitFor();
  assert.equal(await dialog(page).isVisible(), true);

  await enter(page, CODE);
  await completeAnswer(page, gateway, 'An answer');
  assert.equal(await dialog(page).count(), 0);
  assert.equal(await page.locator('article[data-role=user]').count(), 1);
  assert.equal(gateway.exchanges.length, 1);
});

codeTest('a code is entered once, and survives a reload', async ({ page, gateway }) => {
  gateway.setAccessCode(CODE);
  await sendMessage(page, 'One');
  await enter(page, CODE);
  await completeAnswer(page, gateway, 'First');
  await page.reload();
  await sendMessage(page, 'Two');
  await completeAnswer(page, gateway, 'Second');
  assert.equal(await dialog(page).count(), 0);
});

codeTest('a code that is no longer valid is asked for again', async ({ page, gateway }) => {
  gateway.setAccessCode(CODE);
  await sendMessage(page, 'One');
  await enter(page, CODE);
  await completeAnswer(page, gateway, 'First');
  gateway.setAccessCode('battery-staple');
  await sendMessage(page, 'Two');
  await enter(page, 'battery-staple');
  await completeAnswer(page, gateway, 'Second');
});

for (const close of ['Escape', 'Cancel'])
  codeTest(
    `without a code the question stays and can be asked again (${close})`,
    async fixtures => {
      const { page, gateway } = fixtures;
      gateway.setAccessCode(CODE);
      await sendMessage(page, 'A question');
      await dialog(page).waitFor();
      if (close === 'Escape') await page.keyboard.press('Escape');
      else await dialog(page).getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('alert').getByText('Please enter the access code.').waitFor();
      await page.getByRole('button', { name: 'Retry' }).click();
      await enter(page, CODE);
      await completeAnswer(page, gateway, 'An answer');
      assert.equal(await page.locator('article[data-role=user]').count(), 1);
    },
  );

codeTest('the draft of another message stays while the code is asked for', async fixtures => {
  const { page, gateway } = fixtures;
  gateway.setAccessCode(CODE);
  await sendMessage(page, 'A question');
  await dialog(page).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[name=message]').fill('A draft');
  await page.getByRole('button', { name: 'Retry' }).click();
  await enter(page, CODE);
  await completeAnswer(page, gateway, 'An answer');
  assert.equal(await page.locator('[name=message]').inputValue(), 'A draft');
});

codeTest('a code that is required no more is forgotten', async ({ page, gateway }) => {
  gateway.setAccessCode(CODE);
  await sendMessage(page, 'One');
  await enter(page, CODE);
  await completeAnswer(page, gateway, 'First');
  gateway.setAccessCode('');
  await page.reload();
  await sendMessage(page, 'Two');
  const { headers } = await completeAnswer(page, gateway, 'Second');
  assert.equal(headers.authorization, 'Bearer scripted-token');
});

codeTest('a code works in a browser that refuses storage', async ({ page, gateway }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await page.reload();
  gateway.setAccessCode(CODE);
  await sendMessage(page, 'A question');
  await enter(page, CODE);
  await completeAnswer(page, gateway, 'An answer');
});

codeTest('after too many wrong codes the dialog says how long to wait', async fixtures => {
  const { page, gateway } = fixtures;
  gateway.setAccessCode(CODE, 1);
  await sendMessage(page, 'A question');
  await enter(page, 'wrong-one');
  await dialog(page).getByText('This code is not valid.').waitFor();
  await enter(page, 'wrong-two');
  await dialog(page).getByText('Too many wrong codes. Please wait a minute.').waitFor();
});

codeTest('what the gateway can do is known once the code is', async ({ page, gateway }) => {
  gateway.setAccessCode(CODE);
  await page.reload();
  await sendMessage(page, 'One');
  const loaded = page.waitForResponse(/\/resumable-stream-/);
  await enter(page, CODE);
  await completeAnswer(page, gateway, 'First');
  await loaded;
  await untilCapable(page);
  await sendMessage(page, 'Two');
  const { headers } = await completeAnswer(page, gateway, 'Second');
  assert.equal(headers.authorization, `Bearer ${CODE}`);
  assert.match(String(headers['resume-key']), /^[\w-]{22}$/);
});

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 320, height: 480 },
])
  for (const colorScheme of /** @type {const} */ (['light', 'dark']))
    codeTest(
      `axe reports no violation in the dialog (${colorScheme}, ${viewport.width} pixels)`,
      async ({ page, gateway }) => {
        gateway.setAccessCode(CODE);
        await sendMessage(page, 'A question');
        await enter(page, 'wrong-horse');
        await dialog(page).getByText('This code is not valid.').waitFor();
        assert.deepEqual(await axeViolations(page), []);
        const { width } = viewport;
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
      },
      { viewport, colorScheme },
    );
