import assert from 'node:assert/strict';
import { answer, ask, pageTest } from '../support/chat-page.js';

/** @import { Locator } from 'playwright-core' */

const light = 'rgb(255, 255, 255)';
const dark = 'rgb(22, 22, 21)';

for (const [scheme, chosen, background] of /** @type {const} */ ([
  ['light', undefined, light],
  ['dark', undefined, dark],
  ['light', 'dark', dark],
  ['dark', 'light', light],
])) {
  pageTest(
    `the first paint is ${background} with ${scheme} as the system's and ${chosen ?? 'no'} choice`,
    async ({ page }) => {
      if (chosen) await page.evaluate(theme => localStorage.setItem('theme', theme), chosen);
      await page.route('**/*.js', () => {}); // before any script but the one in the page
      await page.goto('/', { waitUntil: 'commit' });
      await page.locator('#composer').waitFor();
      const painted = await page.evaluate(
        () => getComputedStyle(document.documentElement).backgroundColor,
      );
      assert.equal(painted, background);
    },
    { colorScheme: scheme },
  );
}

pageTest('a chosen theme is applied at once and kept', async ({ page }) => {
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await theme(), 'dark');
  await page.reload();
  assert.equal(await theme(), 'dark');
  assert.equal(await page.getByRole('radio', { name: 'Dark' }).isChecked(), true);
});

const answerWithEverything = [
  '# A heading that is rather long for so small a screen',
  `A_very_long_word_${'that_goes_on_'.repeat(12)}`,
  `| ${'column | '.repeat(9)}\n|${'---|'.repeat(9)}\n| ${'value | '.repeat(9)}`,
  `\`\`\`js\n${'const wide = 1; '.repeat(12)}\n\`\`\``,
  '- a list\n  - in a list',
].join('\n\n');

/** What a reader may want between letters, words and lines (WCAG 1.4.12). */
const spaced = '* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important }';

for (const [how, css] of /** @type {const} */ ([
  ['as it is', ''],
  ['spaced as its reader wants it', spaced],
])) {
  pageTest(
    `on a screen of 320 pixels nothing is wider, with the text ${how}`,
    async ({ page, gateway }) => {
      await page.evaluate(css => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets.push(sheet);
      }, css);
      assert.equal(await overflow(), 0);
      await ask(page, `A question with a ${'long'.repeat(40)} word`);
      const question = await gateway.asked();
      question.say(answerWithEverything);
      question.complete();
      await page.locator('[data-status=complete]').waitFor();
      assert.equal(await overflow(), 0);
      await page.locator('#toggle-sidebar').click();
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
  'with reduced motion nothing moves',
  async ({ page, gateway }) => {
    await ask(page, 'Hello');
    await gateway.asked();
    await answer(page).locator('.spinner-dot').waitFor();
    const moving = await page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    );
    assert.equal(moving, 0);
  },
  { reducedMotion: 'reduce' },
);

pageTest(
  'in forced colours what a ground would say is said by a line',
  async ({ page, gateway }) => {
    await ask(page, 'Which rivers are long?');
    await gateway.asked();
    await page.locator('[data-role=user]').waitFor();
    assert.deepEqual(await line(page.locator('[data-role=user] .turn-text')), ['solid', '1px']);
    assert.deepEqual(await line(page.locator('#composer')), ['solid', '1px']);
    await page.locator('.list-item[aria-current]').waitFor();
    assert.equal(await outline(page.locator('.list-item[aria-current]')), 'solid');
    await page.keyboard.press('Control+k');
    assert.equal(await outline(page.getByRole('option', { selected: true })), 'solid');

    /** @param {Locator} place */
    function line(place) {
      return place.evaluate(node => {
        const { borderBottomStyle, borderBottomWidth } = getComputedStyle(node);
        return [borderBottomStyle, borderBottomWidth];
      });
    }

    /** @param {Locator} place */
    function outline(place) {
      return place.evaluate(node => getComputedStyle(node).outlineStyle);
    }
  },
  { forcedColors: 'active' },
);

pageTest(
  'how long the model has been thinking is shown after a second',
  async ({ page, gateway }) => {
    await ask(page, 'Hello');
    const question = await gateway.asked();
    assert.equal(await answer(page).getByText('Thinking').count(), 0);
    await answer(page).getByText('Thinking… 1 s').waitFor();
    question.say('Hi');
    await answer(page).getByText('Thinking').waitFor({ state: 'hidden' });
  },
);
