import assert from 'node:assert/strict';
import { completeAnswer, lastAnswer, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest(
  'the keyboard alone sends, regenerates, edits, switches versions and changes the theme',
  async ({ page, gateway }) => {
    const { keyboard } = page;
    await waitForFocus(page, 'Message');
    await keyboard.type('Which rivers are long?');
    await keyboard.press('Enter');
    await completeAnswer(page, gateway, 'The Nile');

    await tabBackTo(page, 'Regenerate');
    await keyboard.press('Enter');
    const second = await gateway.nextExchange();
    second.sendDelta('The Amazon');
    await lastAnswer(page).getByText('The Amazon').waitFor();
    await waitForFocus(page, 'Conversation'); // contained the pressed button, which is gone
    second.complete();
    await page.locator('[data-status=complete]').waitFor();

    await tabBackTo(page, 'Previous version');
    await keyboard.press('Enter');
    await lastAnswer(page).getByText('The Nile').waitFor();

    await tabBackTo(page, 'Edit');
    await keyboard.press('Enter');
    await waitForFocus(page, 'Edit message');
    await keyboard.type(' In Asia?');
    await keyboard.press('Enter');
    const edited = await completeAnswer(page, gateway, 'The Yangtze');
    assert.equal(edited.body.messages[0].content, 'Which rivers are long? In Asia?');

    await tabBackTo(page, 'Settings');
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    await tabTo(page, 'System');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
    await keyboard.press('Escape');
    await waitForFocus(page, 'Settings');

    await tabBackTo(page, 'New chat');
    await keyboard.press('Enter');
    await page.getByText('What can I help with?').waitFor();
    await waitForFocus(page, 'Message');
    await tabTo(page, 'What can you do?');
    await keyboard.press('Enter');
    await waitForFocus(page, 'Message');
    assert.equal(await page.locator('#composer textarea').inputValue(), 'What can you do?');
  },
);

pageTest('arrow keys scroll wide code and tables', async ({ page, gateway }) => {
  await page.keyboard.type('Show me');
  await page.keyboard.press('Enter');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta(`\`\`\`js\n${'const wide = 1; '.repeat(30)}\n\`\`\`\n\n`);
  exchange.sendDelta(`| ${'column | '.repeat(30)}\n|${'---|'.repeat(30)}\n`);
  exchange.complete();
  await page.locator('[data-status=complete]').waitFor();
  for (const role of ['pre', '[role=region]']) {
    const region = page.locator(`[data-status=complete] ${role}`).first();
    await region.focus();
    assert.equal(await region.evaluate(node => node === document.activeElement), true, role);
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => (document.activeElement?.scrollLeft ?? 0) > 0);
  }
});

pageTest('each focused element has a visible focus indicator', async ({ page, gateway }) => {
  await page.keyboard.type('Which rivers are long?');
  await page.keyboard.press('Enter');
  await completeAnswer(page, gateway, 'The Nile');
  const first = await activeElement(page);
  const withoutIndicator = [];
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab');
    const next = await activeElement(page);
    if (next.name === first.name) break;
    if (!next.indicated) withoutIndicator.push(next.name);
  }
  assert.deepEqual(withoutIndicator, []);
});

/** Presses Shift+Tab until an element with one of these names has the focus. @param {Page} page @param {string[]} names */
function tabBackTo(page, ...names) {
  return pressUntilFocused(page, 'Shift+Tab', names);
}

/** Presses Tab until an element with one of these names has the focus. @param {Page} page @param {string[]} names */
function tabTo(page, ...names) {
  return pressUntilFocused(page, 'Tab', names);
}

/**
 * @param {Page} page
 * @param {string} key
 * @param {string[]} names
 */
async function pressUntilFocused(page, key, names) {
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press(key);
    if (names.includes(await focused(page))) return;
  }
  assert.fail(`${key} does not reach ${names}`);
}

/**
 * Waits until an element with this name has the focus.
 * @param {Page} page
 * @param {string} name
 */
function waitForFocus(page, name) {
  return page.waitForFunction(name => {
    const node = document.activeElement;
    return (node?.ariaLabel ?? node?.textContent?.trim()) === name;
  }, name);
}

/** The accessible name of the focused element. @param {Page} page */
async function focused(page) {
  return (await activeElement(page)).name;
}

/** @param {Page} page */
function activeElement(page) {
  return page.evaluate(() => {
    const node = document.activeElement ?? document.body;
    const container = node.closest('label, #composer, .turn-editor') ?? node;
    const styles = [node, container].map(each => getComputedStyle(each));
    return {
      name: node.ariaLabel ?? (node.closest('label') ?? node).textContent?.trim() ?? '',
      indicated:
        node === document.body || // between the last element and the first
        styles.some(({ outlineStyle, boxShadow }) => `${outlineStyle}${boxShadow}` !== 'nonenone'),
    };
  });
}

for (const [layout, key, code] of [
  ['a Russian', 'л', 'KeyK'],
  ['an Arabic', 'ن', 'KeyK'],
  ['a Greek', 'κ', 'KeyK'],
  ['a Dvorak', 'k', 'KeyV'],
])
  pageTest(`a shortcut works with ${layout} keyboard layout`, async ({ page }) => {
    await pressKey(page, { key, code, ctrlKey: true });
    await page.getByRole('dialog', { name: 'Commands' }).waitFor();
  });

pageTest('the question mark of Arabic opens the settings', async ({ page }) => {
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  await pressKey(page, { key: '؟', code: 'Slash', shiftKey: true });
  await page.getByRole('dialog', { name: 'Settings' }).waitFor();
});

/**
 * A key press that the layout of the test's keyboard does not have.
 * @param {Page} page
 * @param {{ key: string, code: string, ctrlKey?: boolean, shiftKey?: boolean }} key
 */
function pressKey(page, key) {
  return page.evaluate(init => {
    const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
    document.activeElement?.dispatchEvent(event);
  }, key);
}
