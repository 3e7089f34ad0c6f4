import assert from 'node:assert/strict';
import { answer, ask, listen, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const paragraph = 'Some words that fill a line and then one more, so that it wraps.\n\n';
const fence = '```js\nconst length = 6650; // of the Nile\nreturn length;\n```\n\nThat is all.';

pageTest('a block of code is made once and never flickers', async ({ page, gateway }) => {
  await page.evaluate(watchCode);
  await ask(page, 'Show me');
  const question = await gateway.asked();
  for (const character of fence) {
    question.say(character);
    await frames(page, 1);
  }
  question.complete();
  await page.locator('[data-status=complete]').waitFor();
  await page.locator('figure code span').first().waitFor();
  assert.deepEqual(await page.evaluate(() => Reflect.get(window, 'seen')), {
    made: 1,
    removed: 0,
    backticks: 0,
    fewerColours: 0,
  });
});

pageTest(
  'a button under the pointer stays there while text arrives, and works',
  async ({ page, gateway }) => {
    await ask(page, 'Show me');
    const question = await gateway.asked();
    question.say(fence);
    const button = page.getByRole('button', { name: 'Copy JavaScript code' });
    await button.hover();
    const same = await button.elementHandle();
    for (let frame = 0; frame < 100; frame++) {
      question.say(' and on');
      await frames(page, 1);
      assert.equal(await same?.evaluate(node => node.isConnected && node.matches(':hover')), true);
    }
    await button.click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, 'const length = 6650; // of the Nile\nreturn length;');
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);

for (const [what, selector] of /** @type {const} */ ([
  ['words', '.turn-text p'],
  ['code', 'figure code'],
])) {
  pageTest(`selected ${what} stay selected to the end and after`, async ({ page, gateway }) => {
    await ask(page, 'Tell me');
    const question = await gateway.asked();
    question.say(`First **some** words.\n\n${fence}`);
    const selected = await answer(page)
      .locator(selector)
      .first()
      .evaluate(node => {
        getSelection()?.selectAllChildren(node);
        return getSelection()?.toString();
      });
    assert.ok(selected);
    for (let piece = 0; piece < 10; piece++) {
      question.say(`\n\n${paragraph}`);
      await frames(page, 2);
      assert.equal(await selection(page), selected);
    }
    question.complete();
    await page.locator('[data-status=complete]').waitFor();
    await frames(page, 10);
    assert.equal(await selection(page), selected);
  });
}

pageTest(
  'in a hidden tab the answer goes on and is kept, and is there on return',
  async ({ page, gateway }) => {
    await page.addInitScript(() => {
      Object.defineProperty(document, 'hidden', { get: () => true });
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
      Object.assign(window, { requestAnimationFrame: () => 1 }); // no frames, ever
    });
    await page.reload();
    await ask(page, 'Tell me');
    const question = await gateway.asked();
    question.say('In the dark');
    await answer(page).getByText('In the dark').waitFor();
    question.say(' it grows');
    await answer(page).getByText('In the dark it grows').waitFor();
    question.complete();
    await page.locator('[data-status=complete]').waitFor();
    await page.reload();
    await answer(page).getByText('In the dark it grows').waitFor();
  },
);

pageTest(
  'an image in an answer is a link, and nobody is asked for it',
  async ({ page, gateway }) => {
    await ask(page, 'Show me');
    const question = await gateway.asked();
    const url = 'http://127.0.0.1:9/p.png?q=secret';
    question.say(`![one](${url}) ![two][ref] <img src="${url}">\n\n[ref]: ${url}\n`);
    question.complete();
    await page.locator('[data-status=complete]').waitFor();
    assert.equal(await answer(page).locator('img').count(), 0);
    assert.equal(await answer(page).locator(`a[href="${url}"]`).count(), 2);
  },
);

for (const [how, works] of /** @type {const} */ ([
  ['is copied all the same', true],
  ['is said not to have been copied', false],
])) {
  pageTest(`without a secure context an answer ${how}`, async ({ page, gateway }) => {
    await page.addInitScript(works => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      const command = () => Reflect.set(window, 'copied', getSelection()?.toString()) && works;
      Object.assign(document, { execCommand: command });
    }, works);
    await page.reload();
    await ask(page, 'Hello');
    const question = await gateway.asked();
    question.say('To be copied');
    question.complete();
    await page.locator('[data-status=complete]').waitFor();
    const spoken = await listen(page);
    await page.getByRole('button', { name: 'Copy answer' }).click();
    await spoken.until(works ? 'Copied' : 'Could not copy');
    assert.equal(await page.evaluate(() => Reflect.get(window, 'copied')), 'To be copied');
  });
}

/** Counts, in the page, what a reader would see as a flicker. */
function watchCode() {
  const seen = { made: 0, removed: 0, backticks: 0, fewerColours: 0 };
  let colours = 0;
  const observer = new MutationObserver(records => {
    for (const { addedNodes, removedNodes } of records) {
      seen.made += pres(addedNodes);
      seen.removed += pres(removedNodes);
    }
    const text = document.querySelector('[data-role=assistant] .turn-text');
    if (text?.textContent?.includes('`')) seen.backticks++;
    const now = text?.querySelectorAll('code span').length ?? 0;
    if (now < colours) seen.fewerColours++;
    colours = now;
  });
  const turns = /** @type {Node} */ (document.querySelector('#turns'));
  observer.observe(turns, { childList: true, characterData: true, subtree: true });
  Object.assign(window, { seen });

  /** @param {NodeList} nodes */
  function pres(nodes) {
    return [...nodes].filter(
      node => node instanceof Element && (node.matches('pre') || node.querySelector('pre')),
    ).length;
  }
}

/** @param {Page} page @param {number} count */
function frames(page, count) {
  return page.evaluate(
    count =>
      new Promise(resolve => {
        next(count);
        /** @param {number} left */
        function next(left) {
          requestAnimationFrame(() => (left > 1 ? next(left - 1) : resolve(undefined)));
        }
      }),
    count,
  );
}

/** @param {Page} page */
function selection(page) {
  return page.evaluate(() => getSelection()?.toString());
}
