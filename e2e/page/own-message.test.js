import assert from 'node:assert/strict';
import { completeAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const FILE = 'notes.txt:\n```txt\nRemember the milk\n```\n';

pageTest('fenced code in a question is a monospaced block', async ({ page, gateway }) => {
  await sendMessage(page, 'Why **not**?\n\n```python\nprint(1)\n# a comment\n```\n# Thanks');
  await completeAnswer(page, gateway, 'Because.');
  const bubble = question(page);
  const code = bubble.locator('pre code');
  assert.equal(await code.textContent(), 'print(1)\n# a comment');
  assert.match(await code.evaluate(node => getComputedStyle(node).fontFamily), /monospace/);
  await bubble.getByRole('button', { name: 'Copy Python code' }).waitFor();
  assert.equal(await bubble.locator('strong, h1, h2, h3').count(), 0); // other Markdown stays text
  await bubble.getByText('Why **not**?', { exact: true }).waitFor();
  await bubble.getByText('# Thanks', { exact: true }).waitFor();
  assert.equal(await page.locator('#title').textContent(), 'Why not?');
});

pageTest('an attached file is a chip that opens to its text', async ({ page, gateway }) => {
  await sendMessage(page, `What is in this?\n\n${FILE}`);
  const exchange = await completeAnswer(page, gateway, 'Milk.');
  assert.ok(exchange.body.messages[0].content.includes('Remember the milk'));
  await assertChip();
  await page.reload();
  await assertChip();

  async function assertChip() {
    const chip = question(page).locator('summary');
    await chip.waitFor();
    assert.equal(await chip.textContent(), 'notes.txt17 bytes');
    const text = question(page).getByText('Remember the milk');
    assert.equal(await text.isVisible(), false);
    await chip.focus();
    await page.keyboard.press('Enter');
    await text.waitFor();
    await page.keyboard.press('Enter');
    await text.waitFor({ state: 'hidden' });
  }
});

pageTest('a conversation that begins with a file has its name as title', async ({ page }) => {
  await sendMessage(page, FILE);
  await page.getByRole('heading', { level: 1, name: 'notes.txt', exact: true }).waitFor();
});

pageTest('Copy and Edit have the question as it was written', async ({ page, gateway }) => {
  const written = `Sum this up\n\n${FILE}`;
  await sendMessage(page, written);
  await completeAnswer(page, gateway, 'Milk.');
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.getByRole('textbox', { name: 'Edit message' }).inputValue(), written);
});

pageTest('a large file does not make its question a long one', async ({ page }) => {
  await sendMessage(page, `What is it?\n\nlong.txt:\n\`\`\`txt\n${'line\n'.repeat(400)}\`\`\`\n`);
  await question(page).locator('summary').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Show all' }).count(), 0);
  await question(page).locator('summary').click();
  const box = await question(page).boundingBox();
  assert.ok(box && box.height < 600, `${box?.height} px`);
});

pageTest('the focus opens a collapsed question', async ({ page }) => {
  await sendMessage(page, `${'line\n'.repeat(30)}\n\`\`\`js\n1\n\`\`\``);
  await page.getByRole('button', { name: 'Show all' }).waitFor();
  await question(page).getByRole('button', { name: 'Copy JavaScript code' }).focus();
  await page.getByRole('button', { name: 'Show less' }).waitFor();
});

/** @param {Page} page */
function question(page) {
  return page.locator('[data-role=user] .turn-text').last();
}
