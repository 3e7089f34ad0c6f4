import assert from 'node:assert/strict';
import { answer, answered, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest(
  'from the first question to another answer nothing needs a mouse',
  async ({ page, gateway }) => {
    const { keyboard } = page;
    assert.equal(await focused(page), 'Message');
    await keyboard.type('Which rivers are long?');
    await keyboard.press('Enter');
    await answered(page, gateway, 'The Nile');

    await backTo(page, 'Regenerate');
    await keyboard.press('Enter');
    const another = await gateway.asked();
    another.say('The Amazon');
    await answer(page).getByText('The Amazon').waitFor();
    assert.equal(await focused(page), 'Conversation', 'where the pressed button was');
    another.complete();
    await page.locator('[data-status=complete]').waitFor();

    await backTo(page, 'Previous version');
    await keyboard.press('Enter');
    await answer(page).getByText('The Nile').waitFor();

    await backTo(page, 'Edit');
    await keyboard.press('Enter');
    assert.equal(await focused(page), 'Edit message');
    await keyboard.type(' In Asia?');
    await keyboard.press('Enter');
    const edited = await answered(page, gateway, 'The Yangtze');
    assert.equal(edited.body.messages[0].content, 'Which rivers are long? In Asia?');

    await backTo(page, 'Dark', 'As the system');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');

    await backTo(page, 'New chat');
    await keyboard.press('Enter');
    await page.getByText('What can I help with?').waitFor();
    assert.equal(await focused(page), 'Message');
    await onTo(page, 'What can you do?');
    await keyboard.press('Enter');
    assert.equal(await focused(page), 'Message');
    assert.equal(await page.locator('#composer textarea').inputValue(), 'What can you do?');
  },
);

pageTest('code and tables that are too wide are scrolled by key', async ({ page, gateway }) => {
  await page.keyboard.type('Show me');
  await page.keyboard.press('Enter');
  const question = await gateway.asked();
  question.say(`\`\`\`js\n${'const wide = 1; '.repeat(30)}\n\`\`\`\n\n`);
  question.say(`| ${'column | '.repeat(30)}\n|${'---|'.repeat(30)}\n`);
  question.complete();
  await page.locator('[data-status=complete]').waitFor();
  for (const role of ['pre', '[role=region]']) {
    const region = page.locator(`[data-status=complete] ${role}`).first();
    await region.focus();
    assert.equal(await region.evaluate(node => node === document.activeElement), true, role);
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => (document.activeElement?.scrollLeft ?? 0) > 0);
  }
});

pageTest('every place the focus can be in is seen', async ({ page, gateway }) => {
  await page.keyboard.type('Which rivers are long?');
  await page.keyboard.press('Enter');
  await answered(page, gateway, 'The Nile');
  const first = await place(page);
  const unseen = [];
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab');
    const next = await place(page);
    if (next.name === first.name) break;
    if (!next.seen) unseen.push(next.name);
  }
  assert.deepEqual(unseen, []);
});

/** Goes back with Shift and Tab. @param {Page} page @param {string[]} names */
function backTo(page, ...names) {
  return go(page, 'Shift+Tab', names);
}

/** Goes on with Tab. @param {Page} page @param {string[]} names */
function onTo(page, ...names) {
  return go(page, 'Tab', names);
}

/**
 * @param {Page} page
 * @param {string} key
 * @param {string[]} names
 */
async function go(page, key, names) {
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press(key);
    if (names.includes(await focused(page))) return;
  }
  assert.fail(`${key} does not lead to ${names}`);
}

/** The name of what has the focus. @param {Page} page */
async function focused(page) {
  return (await place(page)).name;
}

/** @param {Page} page */
function place(page) {
  return page.evaluate(() => {
    const node = document.activeElement ?? document.body;
    const shown = node.closest('label, #composer, .turn-editor') ?? node;
    const marks = [node, shown].map(each => getComputedStyle(each));
    return {
      name: node.ariaLabel ?? node.textContent?.trim() ?? '',
      seen:
        node === document.body || // between the last place and the first
        marks.some(({ outlineStyle, boxShadow }) => `${outlineStyle}${boxShadow}` !== 'nonenone'),
    };
  });
}
