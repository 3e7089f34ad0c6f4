import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { formulas, refused } from '../../frontend/src/render/formulas.fixture.js';
import { axeViolations } from '../support/axe-violations.js';
import { animationsFinished, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */

const LIBRARY = '**/assets/typeset-*.js';
const CHEMISTRY = '**/assets/chemistry-*.js';
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const NARROW = { viewport: { width: 320, height: 640 } };
const FIELD = new URL('../../../shared/field/answers/01-latex.md', import.meta.url);
const all = Object.values(formulas).flat();
const display = all.map(tex => `\\[\n${tex}\n\\]`).join('\n\n');
const inline = all.filter(isInline).map(tex => `so \\(${tex}\\).`);
const wide = `x = ${Array.from({ length: 40 }, (_, at) => `a_{${at}}`).join(' + ')}`;
const MIXED = [
  'The roots of \\(ax^2 + bx + c = 0\\) are',
  '\\[\nx = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}\n\\]',
  '| a | b |\n|---|---|\n| \\(x_1\\) | 2 |',
  `\\(${wide}\\)`,
  `$$\n${wide}\n$$`,
  'Not known: \\(\\unknown{x}\\).',
].join('\n\n');

pageTest('every formula of the corpus is set, and none widens the page', async fixtures => {
  const { page } = fixtures;
  await answer(fixtures, [display, ...inline].join('\n\n'));
  await allSet(page, all.length + inline.length);
  assert.equal(await page.locator('.markdown code').count(), 0);
  assert.equal(await page.locator('math [style], math a, math img').count(), 0);
  await page.setViewportSize(NARROW.viewport);
  const [content, box] = await page
    .locator('#thread')
    .evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
  assert.equal(content, box);
});

pageTest('an answer of the field has its formulas, and its dollars', async fixtures => {
  if (!existsSync(FIELD)) return;
  await answer(fixtures, readFileSync(FIELD, 'utf8'));
  await allSet(fixtures.page, 12);
  const text = (await lastAnswer(fixtures.page).textContent()) ?? '';
  assert.match(text, /\$E = mc\^2\$ and \$a_1 \* b_2 \* c_3\$/);
  assert.match(text, /from \$5 to \$10\./);
});

pageTest('the library is loaded with the first formula, and only once', async fixtures => {
  const { page } = fixtures;
  /** @type {string[]} */
  const requests = [];
  page.on('request', request => requests.push(request.url()));
  await answer(fixtures, 'It costs $5 or $10, `\\(x\\)`.');
  const loaded = () => requests.filter(url => /typeset|formulas|chemistry/.test(url));
  assert.deepEqual(loaded(), []);
  await answer(fixtures, '\\(x\\) and \\(y\\)');
  await allSet(page, 2);
  assert.equal(loaded().length, 2);
});

pageTest('a formula is its source until the library arrives', async fixtures => {
  const { page } = fixtures;
  /** @type {(value?: unknown) => void} */
  let arrive = () => {};
  const arrival = new Promise(resolve => {
    arrive = resolve;
  });
  await page.route(LIBRARY, route => arrival.then(() => route.continue()));
  await answer(fixtures, MIXED);
  assert.equal(await page.locator('.maths code').first().textContent(), '\\(ax^2 + bx + c = 0\\)');
  const box = await page.locator('.maths').first().elementHandle();
  arrive();
  await allSet(page, 5);
  assert.equal(await box?.evaluate(node => node.isConnected), true);
});

for (const event of ['the next formula', 'the browser is online'])
  pageTest(`a library that cannot be loaded is requested again when ${event}`, async fixtures => {
    const { page } = fixtures;
    await page.route(LIBRARY, route => route.abort());
    const failed = page.waitForEvent('requestfailed');
    await answer(fixtures, 'first \\(x\\)');
    await failed;
    assert.equal(await page.locator('.maths code').count(), 1);
    await page.unroute(LIBRARY);
    if (event === 'the next formula') await answer(fixtures, 'second \\(y\\)');
    else await page.evaluate(() => dispatchEvent(new Event('online')));
    await allSet(page, event === 'the next formula' ? 2 : 1);
  });

pageTest(
  'the commands of chemistry are loaded with the first formula that has them',
  async fixtures => {
    const { page } = fixtures;
    await page.route(CHEMISTRY, route => route.abort());
    const failed = page.waitForEvent('requestfailed');
    await answer(fixtures, '\\(x\\) and \\(\\ce{H2O}\\) and \\(y\\)');
    await failed;
    await allSet(page, 2);
    assert.equal(await page.locator('.maths code').textContent(), '\\(\\ce{H2O}\\)');
    await page.unroute(CHEMISTRY);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await allSet(page, 3);
  },
);

pageTest('the numbers of an isotope stand before it, to the right', async fixtures => {
  const { page } = fixtures;
  await answer(fixtures, '\\(\\ce{^{227}_{90}Th}\\)');
  await allSet(page, 1);
  const [lower, upper] = await page
    .locator('.maths-lapped')
    .evaluateAll(all => all.map(each => each.getBoundingClientRect()));
  const symbol = await page.locator('math').evaluate(math => math.getBoundingClientRect().right);
  assert.ok(Math.abs(lower.right - upper.right) < 1);
  assert.ok(upper.bottom <= lower.top + 1);
  assert.ok(lower.right < symbol - 5);
});

pageTest('what is not known or not allowed stays as it is written', async fixtures => {
  const { page } = fixtures;
  await answer(
    fixtures,
    refused
      .map(tex => `\\[\n${tex}\n\\]`)
      .concat('\\(x\\)')
      .join('\n\n'),
  );
  await allSet(page, 1);
  const shown = await page.locator('.maths-block code').allTextContents();
  assert.deepEqual(
    shown,
    refused.map(tex => `\\[\n${tex}\n\\]`),
  );
  assert.equal(await lastAnswer(page).locator('a[href], img').count(), 0);
});

pageTest('a formula is an expression to screen readers', async fixtures => {
  await answer(fixtures, MIXED);
  await allSet(fixtures.page, 5);
  const tree = await lastAnswer(fixtures.page).ariaSnapshot();
  assert.match(tree, /group "Formula":\s+- math/);
  assert.doesNotMatch(tree, /\\frac|\\pm/);
});

pageTest(
  'a copied answer and a copied selection have TeX',
  async fixtures => {
    const { page } = fixtures;
    await answer(fixtures, MIXED);
    await allSet(page, 5);
    await page.getByRole('button', { name: 'Copy answer' }).click();
    await page.getByText('Copied', { exact: true }).first().waitFor({ state: 'attached' });
    assert.equal(await clipboard(page, 'text/plain'), MIXED);
    assert.match(
      await clipboard(page, 'text/html'),
      /<p>The roots of <span><code>\\\(ax\^2 \+ bx \+ c = 0\\\)<\/code><\/span> are<\/p>/,
    );

    // From the middle of a formula to the table after the next one.
    await lastAnswer(page).evaluate(article => {
      const from = article.querySelector('.maths mi')?.firstChild;
      const to = article.querySelector('td:nth-child(2)')?.firstChild;
      if (from && to) getSelection()?.setBaseAndExtent(from, 0, to, 1);
    });
    await page.keyboard.press('Control+c');
    await page.evaluate(async () => {
      while (/roots/.test(await navigator.clipboard.readText()))
        await new Promise(requestAnimationFrame);
    });
    const text = await clipboard(page, 'text/plain');
    assert.match(
      text,
      /^\\\(ax\^2 \+ bx \+ c = 0\\\) are\s+\\\[\nx = \\frac.*\n\\\]\s+a\s+b\s+\\\(x_1\\\)\s+2$/s,
    );
    assert.match(await clipboard(page, 'text/html'), /<code>\\\[\nx = \\frac/);
    assert.equal(await page.locator('[data-tex] > math').count(), 5);
  },
  CLIPBOARD,
);

pageTest(
  'what is wider than the column is scrolled with the keyboard',
  async fixtures => {
    const { page } = fixtures;
    await answer(fixtures, MIXED);
    await allSet(page, 5);
    for (const selector of ['.maths[tabindex]', '.maths-block >> nth=1']) {
      const box = page.locator(selector);
      await box.focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(() => (document.activeElement?.scrollLeft ?? 0) > 0);
    }
  },
  NARROW,
);

for (const [width, height] of [
  [320, 640],
  [1280, 800],
])
  pageTest(
    `axe finds nothing at ${width} pixels`,
    async fixtures => {
      const { page } = fixtures;
      await answer(fixtures, [MIXED, ...refused.map(tex => `\\(${tex}\\)`)].join('\n\n'));
      await allSet(page, 5);
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.emulateMedia({ colorScheme });
        await animationsFinished(page);
        assert.deepEqual(await axeViolations(page), [], colorScheme);
      }
    },
    { viewport: { width, height } },
  );

pageTest('paper has whole formulas, in black', async fixtures => {
  const { page } = fixtures;
  await answer(fixtures, `${MIXED}\n\n\\(\\cancel{x} + \\textcolor{red}{y}\\)`);
  await allSet(page, 6);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const colours = await page
    .locator('math *')
    .evaluateAll(nodes => [...new Set(nodes.map(node => getComputedStyle(node).color))]);
  assert.deepEqual(colours, ['rgb(0, 0, 0)']);
  const clipped = await page
    .locator('[data-tex]')
    .evaluateAll(
      nodes => nodes.filter(node => getComputedStyle(node).overflowX !== 'visible').length,
    );
  assert.equal(clipped, 0);
});

pageTest(
  'a formula has the colours of the system where they are forced',
  async fixtures => {
    const { page } = fixtures;
    await answer(fixtures, '\\(\\textcolor{yellow}{x} + \\cancel{y}\\) words');
    await allSet(page, 1);
    const [formula, text] = await page
      .locator('math mi, .markdown p')
      .evaluateAll(nodes => [nodes[1], nodes[0]].map(node => getComputedStyle(node).color));
    assert.equal(formula, text);
  },
  { forcedColors: 'active' },
);

pageTest('a formula runs from left to right in an Arabic answer', async fixtures => {
  const { page } = fixtures;
  await answer(
    fixtures,
    'لحل المعادلة \\(a = b\\) نستخدم القانون:\n\n\\[\na = \\text{المسافة}\n\\]',
  );
  await allSet(page, 2);
  const lefts = await page
    .locator('math')
    .evaluateAll(all =>
      all.map(math =>
        [...math.querySelectorAll('mi, mo, mtext')].map(node => node.getBoundingClientRect().left),
      ),
    );
  for (const each of lefts)
    assert.deepEqual(
      each,
      each.toSorted((a, b) => a - b),
    );
  assert.equal(
    await lastAnswer(page)
      .locator('.markdown p')
      .evaluate(p => getComputedStyle(p).direction),
    'rtl',
  );
});

pageTest('a formula draws nothing outside of its box', async fixtures => {
  const { page } = fixtures;
  const hostile = [
    '\\rule{9999em}{9999em}',
    'x\\kern-300pt y\\kern300pt',
    '\\raisebox{-290pt}{\\rule{290pt}{290pt}}',
    `${'{\\Huge '.repeat(12)}x${'}'.repeat(12)}`,
  ];
  await answer(fixtures, hostile.map(tex => `\\[\n${tex}\n\\]\n\n\\(${tex}\\)`).join('\n\n'));
  await allSet(page, 8);
  const outside = await page.locator('[data-tex]').evaluateAll(
    nodes =>
      nodes.filter(node => {
        const { overflowX, overflowY } = getComputedStyle(node);
        return ![overflowX, overflowY].every(value => /auto|hidden|clip/.test(value));
      }).length,
  );
  assert.equal(outside, 0);
  const heights = await page
    .locator('.maths-block')
    .evaluateAll(nodes => nodes.map(node => node.clientHeight / innerHeight));
  for (const share of heights) assert.ok(share <= 0.8, `${heights}`);
});

pageTest('a stored conversation with 200 formulas is set, and found by its TeX', async fixtures => {
  const { page } = fixtures;
  const text = Array.from({ length: 200 }, (_, at) => `so \\(\\frac{x_{${at}}}{2} = ${at}\\)`);
  await answer(fixtures, text.join('\n\n'));
  await page.reload();
  await allSet(page, 200);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('\\frac{x_{199}}');
  await page.getByRole('option', { name: /Go on/ }).waitFor();
});

pageTest(
  'the service worker stores no formulas',
  async fixtures => {
    const { page } = fixtures;
    const paths = await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      const [name] = await caches.keys();
      return (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
    });
    assert.ok(paths.some(path => path.includes('transcript')));
    assert.deepEqual(
      paths.filter(path => /typeset|formulas|chemistry/.test(path)),
      [],
    );
  },
  { serviceWorkers: 'allow' },
);

/** Whether LaTeX allows it within a line. @param {string} tex */
function isInline(tex) {
  return !/\n|\\tag|\{(?:align|equation|gather|split)\*?\}/.test(tex);
}

/**
 * @param {{ page: Page, gateway: ScriptedGateway }} fixtures
 * @param {string} source
 */
async function answer({ page, gateway }, source) {
  const answers = page.locator('[data-status=complete]');
  const count = await answers.count();
  await sendMessage(page, 'Go on');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta(source);
  exchange.complete();
  await answers.nth(count).waitFor();
}

/**
 * @param {Page} page
 * @param {number} count
 */
async function allSet(page, count) {
  await page.waitForFunction(
    count => document.querySelectorAll('[data-tex] > math').length === count,
    count,
  );
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
