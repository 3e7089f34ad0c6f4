import assert from 'node:assert/strict';
import {
  frames,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const PARAGRAPH = 'Some words that fill a line and then one more, so that it wraps.\n\n';
const CODE_BLOCK =
  '```js\nconst length = 6650; // of the Nile\nreturn length;\n```\n\nThat is all.';

pageTest('a code block is created once and does not flicker', async ({ page, gateway }) => {
  await page.evaluate(countFlicker);
  await sendMessage(page, 'Show me');
  const exchange = await gateway.nextExchange();
  for (const character of CODE_BLOCK) {
    exchange.sendDelta(character);
    await frames(page, 1);
  }
  exchange.complete();
  await page.locator('[data-status=complete]').waitFor();
  await page.locator('figure code span').first().waitFor();
  assert.deepEqual(await page.evaluate(() => Reflect.get(window, 'flicker')), {
    created: 1,
    removed: 0,
    backticks: 0,
    fewerTokens: 0,
  });
});

pageTest(
  'a hovered button stays in place and works while text arrives',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Show me');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta(CODE_BLOCK);
    const button = page.getByRole('button', { name: 'Copy JavaScript code' });
    await button.hover();
    const handle = await button.elementHandle();
    for (let frame = 0; frame < 100; frame++) {
      exchange.sendDelta(' and on');
      await frames(page, 1);
      assert.equal(
        await handle?.evaluate(node => node.isConnected && node.matches(':hover')),
        true,
      );
    }
    await button.click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, 'const length = 6650; // of the Nile\nreturn length;');
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);

for (const [what, selector] of /** @type {const} */ ([
  ['text', '.turn-text p'],
  ['code', 'figure code'],
])) {
  pageTest(
    `selected ${what} stays selected until after the end of the answer`,
    async ({ page, gateway }) => {
      await sendMessage(page, 'Tell me');
      const exchange = await gateway.nextExchange();
      exchange.sendDelta(`First **some** words.\n\n${CODE_BLOCK}`);
      const selected = await lastAnswer(page)
        .locator(selector)
        .first()
        .evaluate(node => {
          getSelection()?.selectAllChildren(node);
          return getSelection()?.toString();
        });
      assert.ok(selected);
      for (let piece = 0; piece < 10; piece++) {
        exchange.sendDelta(`\n\n${PARAGRAPH}`);
        await frames(page, 2);
        assert.equal(await selection(page), selected);
      }
      exchange.complete();
      await page.locator('[data-status=complete]').waitFor();
      await frames(page, 10);
      assert.equal(await selection(page), selected);
    },
  );
}

pageTest('an answer in a hidden tab continues and is saved', async ({ page, gateway }) => {
  await page.addInitScript(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    Object.assign(window, { requestAnimationFrame: () => 1 }); // a hidden tab gets no frames
  });
  await page.reload();
  await sendMessage(page, 'Tell me');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('First words');
  await lastAnswer(page).getByText('First words').waitFor();
  exchange.sendDelta(' and more');
  await lastAnswer(page).getByText('First words and more').waitFor();
  exchange.complete();
  await page.locator('[data-status=complete]').waitFor();
  await page.reload();
  await lastAnswer(page).getByText('First words and more').waitFor();
});

pageTest('an image in an answer becomes a link and is not requested', async ({ page, gateway }) => {
  await sendMessage(page, 'Show me');
  const exchange = await gateway.nextExchange();
  const url = 'http://127.0.0.1:9/p.png?q=secret';
  exchange.sendDelta(`![one](${url}) ![two][ref] <img src="${url}">\n\n[ref]: ${url}\n`);
  exchange.complete();
  await page.locator('[data-status=complete]').waitFor();
  assert.equal(await lastAnswer(page).locator('img').count(), 0);
  assert.equal(await lastAnswer(page).locator(`a[href="${url}"]`).count(), 2);
});

for (const [result, succeeds] of /** @type {const} */ ([
  ['copies an answer', true],
  ['announces that it could not copy', false],
])) {
  pageTest(`a page without a secure context ${result}`, async ({ page, gateway }) => {
    await page.addInitScript(succeeds => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      const command = () => Reflect.set(window, 'copied', getSelection()?.toString()) && succeeds;
      Object.assign(document, { execCommand: command });
    }, succeeds);
    await page.reload();
    await sendMessage(page, 'Hello');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('To be copied');
    exchange.complete();
    await page.locator('[data-status=complete]').waitFor();
    const announcements = await recordAnnouncements(page);
    await page.getByRole('button', { name: 'Copy answer' }).click();
    await announcements.waitFor(succeeds ? 'Copied' : 'Could not copy');
    assert.equal(await page.evaluate(() => Reflect.get(window, 'copied')), 'To be copied');
  });
}

/** Runs in the page. Counts the changes that a reader sees as a flicker. */
function countFlicker() {
  const flicker = { created: 0, removed: 0, backticks: 0, fewerTokens: 0 };
  let tokens = 0;
  const observer = new MutationObserver(records => {
    for (const { addedNodes, removedNodes } of records) {
      flicker.created += countCodeBlocks(addedNodes);
      flicker.removed += countCodeBlocks(removedNodes);
    }
    const text = document.querySelector('[data-role=assistant] .turn-text');
    if (text?.textContent?.includes('`')) flicker.backticks++;
    const count = text?.querySelectorAll('code span').length ?? 0;
    if (count < tokens) flicker.fewerTokens++;
    tokens = count;
  });
  const turns = /** @type {Node} */ (document.querySelector('#turns'));
  observer.observe(turns, { childList: true, characterData: true, subtree: true });
  Object.assign(window, { flicker });

  /** @param {NodeList} nodes */
  function countCodeBlocks(nodes) {
    return [...nodes].filter(
      node => node instanceof Element && (node.matches('pre') || node.querySelector('pre')),
    ).length;
  }
}

/** @param {Page} page */
function selection(page) {
  return page.evaluate(() => getSelection()?.toString());
}
