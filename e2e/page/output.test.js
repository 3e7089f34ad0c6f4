import assert from 'node:assert/strict';
import { completeAnswer, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const CODE = `\`\`\`js\n${'const wide = 1; '.repeat(20)}\n\`\`\``;
const ANSWER = `Some **bold** text with [a link](https://example.com/).\n\n${CODE}\n\nThe end.`;

pageTest(
  'Copy answer copies Markdown, and HTML without the controls of the page',
  async ({ page, gateway }) => {
    await answer(page, gateway);
    await page.getByRole('button', { name: 'Copy answer' }).click();
    await page.evaluate(async () => {
      while ((await navigator.clipboard.read()).length === 0)
        await new Promise(requestAnimationFrame);
    });
    assert.equal(await clipboard(page, 'text/plain'), ANSWER);
    const html = await clipboard(page, 'text/html');
    assert.match(html, /<p>Some <strong>bold<\/strong> text/);
    assert.match(html, /<a href="https:\/\/example\.com\/">a link<\/a>/);
    assert.match(html, /<pre><code>const wide = 1;/);
    assert.doesNotMatch(html, /<button|class=|Copy|JavaScript|<span/);
  },
  CLIPBOARD,
);

pageTest(
  'a copied selection has the code without its header',
  async ({ page, gateway }) => {
    await answer(page, gateway);
    await lastAnswer(page)
      .locator('.turn-text')
      .evaluate(node => getSelection()?.selectAllChildren(node));
    await page.keyboard.press('Control+c');
    const text = await clipboard(page, 'text/plain');
    assert.match(text, /const wide = 1;/);
    assert.doesNotMatch(text, /Copy|JavaScript/);
  },
  CLIPBOARD,
);

for (const colorScheme of /** @type {const} */ (['light', 'dark']))
  pageTest(
    `a ${colorScheme} page prints the conversation in black, without controls`,
    async ({ page, gateway }) => {
      await sendMessage(page, Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n'));
      await completeAnswer(page, gateway, 'First');
      await answer(page, gateway);
      await page.emulateMedia({ media: 'print', colorScheme });
      for (const control of ['button', '#composer', '#sidebar', '#disclosure'])
        assert.equal(await page.locator(`${control}:visible`).count(), 0, control);
      const { clipped, colors, paper } = await page.evaluate(measure);
      assert.deepEqual(clipped, []);
      assert.deepEqual(colors, ['rgb(0, 0, 0) on rgba(0, 0, 0, 0)']);
      assert.equal(paper, 'rgb(255, 255, 255)');
    },
    { colorScheme, viewport: { width: 700, height: 900 } },
  );

const HOST = `login.microsoftonline.com.session-verify.secure-account-check.example.${'x'.repeat(20)}.evil.test`;
const LINKS = [
  `[Sign in](https://${HOST}/)`,
  `| name | link |\n| --- | --- |\n| one | [Sign in there](https://${HOST}/) |`,
].join('\n\n');

for (const width of [1280, 390])
  pageTest(
    `the whole host of a link is shown at ${width} pixels and widens nothing`,
    async ({ page, gateway }) => {
      await sendMessage(page, 'Where?');
      const exchange = await gateway.nextExchange();
      exchange.sendDelta(LINKS);
      exchange.complete();
      await page.locator('[data-status=complete]').waitFor();
      const before = await page.evaluate(scrollWidths);
      const tooltip = page.getByRole('tooltip');
      for (const name of ['Sign in', 'Sign in there']) {
        await page.getByRole('link', { name, exact: true }).hover();
        await tooltip.waitFor();
        assert.equal(await tooltip.textContent(), HOST);
        const box = await tooltip.evaluate(node => {
          const { left, right, top, bottom } = node.getBoundingClientRect();
          const cut = node.scrollWidth > node.clientWidth || node.scrollHeight > node.clientHeight;
          const inside = left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
          return { cut, inside };
        });
        assert.deepEqual(box, { cut: false, inside: true });
        assert.deepEqual(await page.evaluate(scrollWidths), before);
        await page.locator('#title').hover();
        await tooltip.waitFor({ state: 'detached' });
      }
    },
    { viewport: { width, height: 800 } },
  );

pageTest('the keyboard shows the host of a link, and Escape hides it', async fixtures => {
  const { page, gateway } = fixtures;
  await sendMessage(page, 'Where?');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta(`${LINKS}\n\nand`);
  await page.getByRole('link', { name: 'Sign in there' }).waitFor();
  await page.locator('#thread').focus();
  await page.keyboard.press('Tab');
  while (await page.evaluate(() => !document.activeElement?.matches('a[data-host]')))
    await page.keyboard.press('Tab');
  const link = page.getByRole('link', { name: 'Sign in', exact: true });
  await page.getByRole('tooltip').waitFor();
  assert.equal(await link.getAttribute('aria-describedby'), 'link-host');
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('tooltip').count(), 0);
  assert.equal(await link.getAttribute('aria-describedby'), null);
  assert.equal(await lastAnswer(page).getAttribute('data-status'), 'streaming');
});

/**
 * @param {Page} page
 * @param {ScriptedGateway} gateway
 */
async function answer(page, gateway) {
  await sendMessage(page, 'Show me');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta(ANSWER);
  exchange.complete();
  await page.locator('[data-status=complete]').getByText('The end.').waitFor();
  await lastAnswer(page).locator('figure code span').first().waitFor();
}

/**
 * @param {Page} page
 * @param {string} type
 */
function clipboard(page, type) {
  return page.evaluate(async type => {
    const [item] = await navigator.clipboard.read();
    return (await item.getType(type)).text();
  }, type);
}

/** Runs in the page. The elements that cut their content, and the colours of the text. */
function measure() {
  const all = [...document.querySelectorAll('main, #thread, #thread *')];
  const shown = all.filter(node => node.checkVisibility() && !node.matches('.sr-only'));
  const clipped = shown
    .filter(node => {
      const { overflowX, overflowY } = getComputedStyle(node);
      const wide = node.scrollWidth > node.clientWidth + 1 && overflowX !== 'visible';
      const high = node.scrollHeight > node.clientHeight + 1 && overflowY !== 'visible';
      return node.clientWidth > 0 && (wide || high);
    })
    .map(node => node.tagName + node.className);
  const colors = shown.map(node => {
    const { color, backgroundColor } = getComputedStyle(node);
    return `${color} on ${backgroundColor}`;
  });
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  return { clipped, colors: [...new Set(colors)], paper };
}

/** Runs in the page. */
function scrollWidths() {
  return ['html', '#thread', '.table-scroll'].map(selector => {
    const node = document.querySelector(selector);
    return [node?.scrollWidth, node?.scrollHeight];
  });
}
