import assert from 'node:assert/strict';
import { answers } from '../../frontend/src/render/answers.fixture.js';
import { finished } from '../../frontend/src/render/page.fixture.js';
import { completeAnswer, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { ScriptedGateway } from '../support/chat-page.js' */

const PIECE = 5; // characters
const BATCH = 4; // answers in a test, which has 30 seconds on a busy machine

pageTest('code lines stand 22 pixels apart, in lists too', async ({ page, gateway }) => {
  await showAnswer(page, gateway, '```\na\nb\nc\n```\n\n- x\n\n  ```js\n  a\n  b\n  c\n  ```\n');
  const heights = await page.locator('.code-block-code').evaluateAll(codes =>
    codes.map(code => {
      const range = document.createRange();
      range.selectNodeContents(code);
      const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
      const lines = [...new Set(tops)].sort((a, b) => a - b);
      return [lines.length, ...lines.slice(1).map((top, at) => top - lines[at])];
    }),
  );
  assert.deepEqual(heights, [
    [3, 22, 22],
    [3, 22, 22],
  ]);
});

pageTest('no endless word widens the thread', async ({ page, gateway }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const word = 'a'.repeat(2_000);
  const blocks = [
    'a'.repeat(66_000),
    `- **${word}**`,
    `\`${word}\``,
    `https://a.example/${word}`,
    `[${word}](https://a.example/)`,
    `# ${word}`,
    `\\[\n${word}\n\\]`,
    `a $$${'a'.repeat(1_900)}$$`,
    `| a |\n|---|\n| ${word} |`,
    `\`\`\`\n${word}\n\`\`\``,
    `<details>\n<summary>${word}</summary>\n\nb\n</details>`,
    `a[^1]\n\n[^1]: ${word}`,
  ];
  await showAnswer(page, gateway, blocks.join('\n\n'));
  const [content, box] = await page
    .locator('#thread')
    .evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
  assert.equal(content, box);
});

pageTest('an item aligns to its list, whatever its language', async ({ page, gateway }) => {
  await showAnswer(page, gateway, '1. שלום\n2. React היא ספרייה\n\n- first\n- שלום\n');
  const sides = await page.locator('.markdown li').evaluateAll(items =>
    items.map(item => {
      const range = document.createRange();
      range.selectNodeContents(item);
      const text = range.getBoundingClientRect();
      const box = item.getBoundingClientRect();
      return Math.abs(text.left - box.left) < 2
        ? 'left'
        : Math.abs(text.right - box.right) < 2
          ? 'right'
          : 'none';
    }),
  );
  assert.deepEqual(sides, ['right', 'right', 'left', 'left']);
});

pageTest('the numbers of a list stand within the column', async ({ page, gateway }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await showAnswer(
    page,
    gateway,
    '9. a\n\nb\n\n98. a\n99. b\n100. c\n\nb\n\n1986. a\n\nb\n\n123456789. a\n',
  );
  const room = await page.locator('.markdown ol').evaluateAll(lists =>
    lists.map(list => {
      const context = document.createElement('canvas').getContext('2d');
      if (!context) return -1;
      context.font = getComputedStyle(list).font;
      const last = /** @type {HTMLOListElement} */ (list).start + list.children.length - 1;
      const { width } = context.measureText(`${last}. `);
      return Number.parseFloat(getComputedStyle(list).paddingLeft) - width;
    }),
  );
  assert.equal(room.length, 4);
  for (const each of room) assert.ok(each >= 0, `${room}`);
});

pageTest(
  'a formula within a line moves to the next before it breaks',
  async ({ page, gateway }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await showAnswer(
      page,
      gateway,
      'Substitute the root into the equation, \\(f(x) = 2x^2 - 5\\):\n',
    );
    assert.equal(await page.locator('.maths').evaluate(code => code.getClientRects().length), 1);
  },
);

pageTest('an Arabic word of 66,000 letters is laid out in parts', async ({ page, gateway }) => {
  const word = 'ب'.repeat(66_000);
  await showAnswer(page, gateway, word);
  const [parts, copied] = await page.locator('.markdown p').evaluate(paragraph => {
    getSelection()?.selectAllChildren(paragraph);
    return [paragraph.querySelectorAll('wbr').length, `${getSelection()}`];
  });
  assert.equal(parts, 164);
  assert.equal(copied, word);
});

pageTest('code is highlighted by its language', async ({ page, gateway }) => {
  await showAnswer(page, gateway, '```java\nint x; // one\n```\n\n```css\na { /* two */ }\n```\n');
  const comments = page.locator('.text-code-comment');
  await comments.nth(1).waitFor();
  assert.deepEqual(await comments.allTextContents(), ['// one', '/* two */']);
});

pageTest('a word of 45,000 letters in code does not block the page', async ({ page, gateway }) => {
  await showAnswer(page, gateway, `\`\`\`java\n${'a'.repeat(45_000)}\n\`\`\`\n`);
  const longest = await page.evaluate(async () => {
    let [previous, longest] = [performance.now(), 0];
    for (let ticks = 0; ticks < 60; ticks++) {
      await new Promise(resolve => setTimeout(resolve, 50));
      longest = Math.max(longest, performance.now() - previous);
      previous = performance.now();
    }
    return longest;
  });
  assert.ok(longest < 2_000, `blocked for ${longest} ms`);
});

pageTest('the menu of a row covers no title', async ({ page, gateway }) => {
  for (const title of [
    'مقدمة عن مكتبة React وكيفية استخدامها في المشاريع الكبيرة',
    'A'.repeat(60),
  ]) {
    await page.goto('/#new');
    await sendMessage(page, title);
    await completeAnswer(page, gateway, 'Yes');
    const row = page.locator('#conversation-list li').first();
    await row.hover();
    const text = await row.locator('a span').boundingBox();
    const menu = await row.getByRole('button').boundingBox();
    assert.ok(text && menu && text.x + text.width <= menu.x, title);
  }
});

pageTest(
  'details stay as the reader has left them while the answer streams',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Go on');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('<details>\n<summary>More</summary>\n\nHidden\n');
    const details = lastAnswer(page).locator('details');
    await details.locator('summary').click();
    await details.getByText('Hidden').waitFor();
    exchange.sendDelta('words and\n\nmore words\n\n</details>\n\nAfter');
    await lastAnswer(page).getByText('After').waitFor();
    assert.equal(await details.getByText('more words').isVisible(), true);
    exchange.complete();
    await page.locator('[data-status=complete]').waitFor();
    assert.equal(await details.getAttribute('open'), '');
  },
);

pageTest('copied code keeps its control characters', async ({ page, gateway }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await showAnswer(page, gateway, '```js\nlet a = "\u2066x\u2069";\n```\n');
  assert.match(
    (await page.locator('.code-block-code').textContent()) ?? '',
    /\[U\+2066\]x\[U\+2069\]/,
  );
  await page.locator('.code-block-copy').click();
  await page.getByText('Copied').first().waitFor();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    'let a = "\u2066x\u2069";',
  );
});

// The build replaces the rules of marked by literals; the unit tests use the published package.
const named = Object.entries(answers);
for (let from = 0; from < named.length; from += BATCH) {
  const batch = named.slice(from, from + BATCH);
  const names = batch.map(([name]) => name).join(', ');
  pageTest(
    `the built page renders what the source renders: ${names}`,
    async ({ page, gateway }) => {
      for (const [index, [name, source]] of batch.entries()) {
        await sendMessage(page, name);
        const exchange = await gateway.nextExchange();
        for (let at = 0; at < source.length; at += PIECE)
          exchange.sendDelta(source.slice(at, at + PIECE));
        exchange.complete();
        const answer = page.locator('[data-role=assistant]').nth(index);
        await answer.and(page.locator('[data-status=complete]')).waitFor();
        assert.equal(
          await answer.locator('.turn-text').evaluate(outline),
          outline(finished(source)),
          name,
        );
      }
    },
  );
}

/** The elements and texts, without the spans of highlighted code, and formulas as their source. @param {Element} root */
function outline(root) {
  return contents(root);

  /** @param {Element} parent @returns {string} */
  function contents(parent) {
    return [...parent.childNodes]
      .map(node => {
        if (!('tagName' in node)) return node.textContent;
        const element = /** @type {HTMLElement} */ (node);
        if (element.dataset?.tex) return `<code>${element.dataset.tex}</code>`; // a formula that is set
        const tag = element.tagName.toLowerCase();
        return tag === 'span' ? contents(element) : `<${tag}>${contents(element)}</${tag}>`;
      })
      .join('');
  }
}

/** @param {Page} page @param {ScriptedGateway} gateway @param {string} source */
async function showAnswer(page, gateway, source) {
  await sendMessage(page, 'Go on');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta(source);
  exchange.complete();
  await page.locator('[data-status=complete]').waitFor();
}
