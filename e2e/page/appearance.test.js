import assert from 'node:assert/strict';
import { animationsFinished, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Locator } from 'playwright-core' */

const LIGHT = 'rgb(255, 255, 255)';
const DARK = 'rgb(22, 22, 21)';

for (const [scheme, setting, background] of /** @type {const} */ ([
  ['light', undefined, LIGHT],
  ['dark', undefined, DARK],
  ['light', 'dark', DARK],
  ['dark', 'light', LIGHT],
])) {
  pageTest(
    `the first paint is ${background} if the system is ${scheme} and the setting ${setting ?? 'unset'}`,
    async ({ page }) => {
      if (setting) await page.evaluate(theme => localStorage.setItem('theme', theme), setting);
      await page.route('**/*.js', () => {}); // only the inline scripts run
      await page.goto('/', { waitUntil: 'commit' });
      await page.locator('#composer').waitFor();
      const color = await page.evaluate(
        () => getComputedStyle(document.documentElement).backgroundColor,
      );
      assert.equal(color, background);
    },
    { colorScheme: scheme },
  );
}

pageTest('the selected theme applies at once and survives a reload', async ({ page }) => {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await theme(), 'dark');
  await page.reload();
  assert.equal(await theme(), 'dark');
  await page.getByRole('button', { name: 'Settings' }).click();
  assert.equal(await page.getByRole('radio', { name: 'Dark' }).isChecked(), true);
});

pageTest('a hidden sidebar stays hidden after a reload', async ({ page }) => {
  const sidebar = page.locator('#sidebar');
  await sidebar.waitFor();
  await page.keyboard.press('Control+b');
  await sidebar.waitFor({ state: 'hidden' });
  await page.route('**/*.js', () => {}); // the first paint
  await page.reload({ waitUntil: 'commit' });
  await page.locator('#composer').waitFor();
  assert.equal(await sidebar.isVisible(), false);
  await page.unroute('**/*.js');
  await page.reload();
  assert.equal(await sidebar.isVisible(), false);
  assert.equal(await page.locator('#toggle-sidebar').getAttribute('aria-expanded'), 'false');
  await page.keyboard.press('Control+b');
  await sidebar.waitFor();
  await page.reload();
  assert.equal(await sidebar.isVisible(), true);
});

for (const width of [1280, 390, 320])
  pageTest(
    `the page says at ${width} pixels that an AI answers`,
    async ({ page, gateway }) => {
      const line = page.getByText('Minimal Chatbot is an AI and can be wrong.', { exact: true });
      assert.equal(await line.isVisible(), true);
      const describedBy = await page.locator('textarea').getAttribute('aria-describedby');
      assert.equal(await line.getAttribute('id'), describedBy);
      await sendMessage(page, 'Hello');
      (await gateway.nextExchange()).sendDelta(`Hi\n\n${'and so on\n\n'.repeat(60)}`);
      await lastAnswer(page).getByText('Hi', { exact: true }).waitFor();
      await animationsFinished(page);
      const box = await line.boundingBox();
      assert.ok(box && box.y + box.height <= 640, JSON.stringify(box));
      await page.context().setOffline(true);
      await page.locator('#offline').waitFor();
      assert.equal(await line.isVisible(), true);
    },
    { viewport: { width, height: 640 } },
  );

const WIDE_MARKDOWN = [
  '# A heading that is rather long for so small a screen',
  `A_very_long_word_${'that_is_longer_'.repeat(12)}`,
  `| ${'column | '.repeat(9)}\n|${'---|'.repeat(9)}\n| ${'value | '.repeat(9)}`,
  `\`\`\`js\n${'const wide = 1; '.repeat(12)}\n\`\`\``,
  '- a list\n  - in a list',
].join('\n\n');

/** Text spacing of WCAG 1.4.12. */
const TEXT_SPACING = '* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important }';

for (const [spacing, css] of /** @type {const} */ ([
  ['the default spacing', ''],
  ['the spacing of WCAG 1.4.12', TEXT_SPACING],
])) {
  pageTest(
    `nothing overflows a viewport of 320 pixels with ${spacing}`,
    async ({ page, gateway }) => {
      await page.evaluate(css => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets.push(sheet);
      }, css);
      assert.equal(await overflow(), 0);
      await sendMessage(page, `A question with a ${'long'.repeat(40)} word`);
      const exchange = await gateway.nextExchange();
      exchange.sendDelta(WIDE_MARKDOWN);
      exchange.complete();
      await page.locator('[data-status=complete]').waitFor();
      assert.equal(await overflow(), 0);
      await page.locator('#toggle-sidebar').click();
      await animationsFinished(page);
      assert.equal(await overflow(), 0);

      function overflow() {
        return page.evaluate(() =>
          Math.max(
            ...['html', '#thread', '#composer', '#conversation-list'].map(selector => {
              const box = /** @type {HTMLElement} */ (document.querySelector(selector));
              return box.scrollWidth - box.clientWidth;
            }),
          ),
        );
      }
    },
    { viewport: { width: 320, height: 640 } },
  );
}

pageTest(
  'reduced motion stops all animations',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    await gateway.nextExchange();
    await lastAnswer(page).locator('.spinner-dot').waitFor();
    const running = await page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    );
    assert.equal(running, 0);
  },
  { reducedMotion: 'reduce' },
);

pageTest(
  'forced colours replace backgrounds by borders and outlines',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Which rivers are long?');
    await gateway.nextExchange();
    await page.locator('[data-role=user]').waitFor();
    assert.deepEqual(await border(page.locator('[data-role=user] .turn-text')), ['solid', '1px']);
    assert.deepEqual(await border(page.locator('#composer')), ['solid', '1px']);
    await page.locator('.list-item[aria-current]').waitFor();
    assert.equal(await outline(page.locator('.list-item[aria-current]')), 'solid');
    await page.keyboard.press('Control+k');
    assert.equal(await outline(page.getByRole('option', { selected: true })), 'solid');

    /** @param {Locator} locator */
    function border(locator) {
      return locator.evaluate(node => {
        const { borderBottomStyle, borderBottomWidth } = getComputedStyle(node);
        return [borderBottomStyle, borderBottomWidth];
      });
    }

    /** @param {Locator} locator */
    function outline(locator) {
      return locator.evaluate(node => getComputedStyle(node).outlineStyle);
    }
  },
  { forcedColors: 'active' },
);

pageTest(
  'an answer without text shows the elapsed time after one second',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    const exchange = await gateway.nextExchange();
    assert.equal(await lastAnswer(page).getByText('Thinking').count(), 0);
    await lastAnswer(page)
      .getByText(/^Thinking… [1-9]\d* s$/)
      .waitFor();
    exchange.sendDelta('Hi');
    await lastAnswer(page).getByText('Thinking').waitFor({ state: 'hidden' });
  },
);

pageTest('the ring of the composer is for the keyboard only', async ({ page }) => {
  const composer = page.locator('#composer');
  const shadow = () => composer.evaluate(node => getComputedStyle(node).boxShadow);
  assert.equal(await shadow(), 'none'); // focused when the page opens
  await page.locator('textarea').click();
  await page.keyboard.type('Hello');
  assert.equal(await shadow(), 'none');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await page.locator('textarea').evaluate(node => node.matches(':focus')), true);
  assert.notEqual(await shadow(), 'none');
  await page.locator('#title').click();
  await page.locator('textarea').click();
  assert.equal(await shadow(), 'none');
});

pageTest('an answer fades out under the header', async ({ page, gateway }) => {
  await sendMessage(page, 'Hello');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('A paragraph.\n\n'.repeat(60));
  await lastAnswer(page).locator('p').nth(59).waitFor();
  const { image, overlap } = await page.locator('header').evaluate(header => {
    const style = getComputedStyle(header, '::after');
    const thread = document.querySelector('#thread')?.getBoundingClientRect();
    const bottom = header.getBoundingClientRect().bottom + Number.parseFloat(style.height);
    return { image: style.backgroundImage, overlap: bottom - (thread?.top ?? 0) };
  });
  assert.match(image, /^linear-gradient/);
  assert.equal(overlap, 16);
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  pageTest(
    `an unchecked task box has a visible border in the ${colorScheme} theme`,
    async ({ page, gateway }) => {
      await sendMessage(page, 'Hello');
      const exchange = await gateway.nextExchange();
      exchange.sendDelta('- [ ] to do\n- [x] done');
      exchange.complete();
      await page.locator('[data-status=complete]').waitFor();
      const border = (/** @type {Locator} */ box) =>
        box.evaluate(node => {
          const { borderTopStyle, borderTopColor, appearance } = getComputedStyle(node);
          const probe = document.createElement('i');
          document.body.append(probe);
          probe.style.color = 'var(--control)';
          const control = getComputedStyle(probe).color;
          probe.remove();
          return { borderTopStyle, isControl: borderTopColor === control, appearance };
        });
      const expected = { borderTopStyle: 'solid', isControl: true, appearance: 'none' };
      assert.deepEqual(await border(page.getByRole('checkbox', { name: 'To do' })), expected);
      const done = page.getByRole('checkbox', { name: 'Done' });
      assert.equal(await done.isChecked(), true);
      const tick = await done.evaluate(node => getComputedStyle(node, '::after').borderBottomWidth);
      assert.equal(tick, '2px');
    },
    { colorScheme },
  );
}

pageTest('notices differ in colour and icon from each other and the hint', async ({ page }) => {
  await page.locator('input[type=file]').setInputFiles({
    name: 'a.png',
    mimeType: 'image/png',
    buffer: Buffer.from('\0'),
  });
  await page.locator('#not-attached').waitFor(); // its module is loaded
  await page.context().setOffline(true);
  const looks = new Map();
  for (const id of ['not-attached', 'offline', 'hint']) {
    const notice = page.locator(`#${id}`);
    await notice.waitFor();
    looks.set(
      id,
      await notice.evaluate(node => {
        const use = node.parentElement?.querySelector(':scope > svg use');
        return { color: getComputedStyle(node).color, icon: use?.getAttribute('href') };
      }),
    );
  }
  await page.context().setOffline(false);
  assert.deepEqual(Object.fromEntries(looks), {
    'not-attached': { color: 'rgb(179, 38, 30)', icon: '#icon-alert' },
    offline: { color: 'rgb(122, 75, 0)', icon: '#icon-offline' },
    hint: { color: 'rgb(95, 95, 89)', icon: undefined },
  });
});

pageTest('the line below an answer says what its time is', async ({ page, gateway }) => {
  await sendMessage(page, 'Hello');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Hi');
  await lastAnswer(page).getByText('Hi').waitFor();
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 2000;
  });
  exchange.complete();
  await lastAnswer(page)
    .getByText(/^scripted-1 · \d+\.\d s to the first word · \d+ t\/s · 12 tokens$/)
    .waitFor();
});
