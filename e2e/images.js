import { fileURLToPath } from 'node:url';
import { launchBrowser } from './support/browser.js';
import { scriptedGateway } from './support/scripted-gateway.js';

/** @import { BrowserContextOptions } from 'playwright-core' */

// Takes the pictures of the README from the built page.

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));
const QUESTION = 'How do I integrate a function numerically?';
const ANSWER = `The **trapezoid rule** is the simplest: it joins neighbouring points with straight lines.

| Rule | Error | Evaluations |
|---|---|---:|
| Trapezoid | O(h²) | n + 1 |
| Simpson | O(h⁴) | n + 1 |
| Gauss, 5 points | O(h¹⁰) | 5 |

In Python:

\`\`\`python
def trapezoid(f, a, b, n=100):
    """The area under f from a to b."""
    h = (b - a) / n
    inner = sum(f(a + k * h) for k in range(1, n))
    return h * (inner + (f(a) + f(b)) / 2)
\`\`\`

Doubling \`n\` quarters the error.
`;

const browser = await launchBrowser();
await take('chat.png', { viewport: { width: 1120, height: 850 } });
await take('chat-phone.png', {
  viewport: { width: 390, height: 850 },
  hasTouch: true,
  isMobile: true,
  colorScheme: 'dark',
});
await browser.close();

/**
 * @param {string} name
 * @param {BrowserContextOptions} options
 */
async function take(name, options) {
  const gateway = await scriptedGateway();
  const context = await browser.newContext({
    baseURL: gateway.url,
    serviceWorkers: 'block',
    ...options,
  });
  const page = await context.newPage();
  await page.goto('/');
  for (const question of ['A haiku about streams', 'Plan a weekend in Lisbon', QUESTION]) {
    await page.keyboard.press('Control+Shift+O');
    await page.locator('textarea[name=message]').fill(question);
    await page.getByRole('button', { name: 'Send' }).click();
    const exchange = await gateway.nextExchange();
    exchange.sendDelta(question === QUESTION ? ANSWER : 'Gladly.');
    await page
      .locator('[data-status=streaming]')
      .getByText(/error|Gladly/)
      .first()
      .waitFor();
    exchange.complete({ input_tokens: 12, output_tokens: 196, total_tokens: 208 });
    await page.locator('[data-status=complete]').waitFor();
  }
  await page.locator('.code-block span[class]').nth(2).waitFor();
  await page.screenshot({ path: `${folder}${name}` });
  await context.close();
  await gateway.close();
}
