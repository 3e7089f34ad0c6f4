import assert from 'node:assert/strict';
import {
  completeAnswer,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const TWO = {
  capabilities: ['resume'],
  models: [{ id: 'gpt-a' }, { id: 'vendor/b:1', label: 'Fast' }],
};
const ONE = { capabilities: ['resume'] };
const LEFT = 'Fast is no longer available. This conversation goes on with gpt-a.';

pageTest(
  'the chosen model answers, and each conversation has its own',
  async ({ page, gateway }) => {
    assert.equal(await chosen(page), 'gpt-a');
    await picker(page).selectOption('Fast');
    await sendMessage(page, 'First');
    const first = await completeAnswer(page, gateway, 'One.');
    assert.equal(first.body.model, 'vendor/b:1');
    await lastAnswer(page)
      .getByText(/^Fast · /)
      .waitFor();

    await page.keyboard.press('Control+Shift+O');
    await page.getByText('What can I help with?').waitFor();
    assert.equal(await chosen(page), 'gpt-a');
    await sendMessage(page, 'Second');
    const second = await completeAnswer(page, gateway, 'Two.');
    assert.equal(second.body.model, 'gpt-a');

    await page.getByRole('link', { name: 'First' }).click();
    await lastAnswer(page).getByText('One.').waitFor();
    assert.equal(await chosen(page), 'vendor/b:1');
    await page.reload();
    await lastAnswer(page)
      .getByText(/^Fast · /)
      .waitFor();
    await page.locator('textarea').first().focus();
    await page.waitForFunction(() => document.querySelector('select')?.value === 'vendor/b:1');
  },
  TWO,
);

pageTest(
  'the only model has its label too, and there is nothing to choose',
  async ({ page, gateway }) => {
    await page.locator('textarea').first().focus();
    await page.waitForFunction(() => localStorage.models?.includes('Fast'));
    await sendMessage(page, 'First');
    await completeAnswer(page, gateway, 'One.');
    await lastAnswer(page)
      .getByText(/^Fast · /)
      .waitFor();
    assert.equal(await picker(page).count(), 0);
  },
  { capabilities: ['resume'], models: [{ id: 'scripted-1', label: 'Fast' }] },
);

pageTest(
  'Regenerate and Continue use the model that is chosen now',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Why?');
    const first = await gateway.nextExchange();
    first.sendDelta('Because');
    first.incomplete('max_output_tokens');
    await lastAnswer(page).getByRole('button', { name: 'Continue' }).waitFor();
    await picker(page).selectOption('Fast');
    await lastAnswer(page).getByRole('button', { name: 'Continue' }).click();
    const second = await gateway.nextExchange();
    assert.deepEqual([first.body.model, second.body.model], ['gpt-a', 'vendor/b:1']);
    second.sendDelta(' of it.');
    second.complete();
    await page.locator('[data-status=complete]').getByText('Because of it.').waitFor();
    await picker(page).selectOption('gpt-a');
    await lastAnswer(page).getByRole('button', { name: 'Regenerate' }).click();
    assert.equal((await gateway.nextExchange()).body.model, 'gpt-a');
  },
  TWO,
);

pageTest(
  'the picker is reached and used by keyboard, and has a name',
  async ({ page, gateway }) => {
    await page.locator('textarea').focus();
    await picker(page).waitFor();
    for (let presses = 0; presses < 6; presses++) {
      await page.keyboard.press('Tab');
      if (await picker(page).evaluate(root => root === document.activeElement)) break;
    }
    await page.keyboard.press('F');
    assert.equal(await chosen(page), 'vendor/b:1');
    await sendMessage(page, 'Hello');
    assert.equal((await gateway.nextExchange()).body.model, 'vendor/b:1');
  },
  TWO,
);

pageTest(
  'with one model there is no picker and no model in the request',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    const { body } = await completeAnswer(page, gateway, 'Hi.');
    assert.deepEqual(Object.keys(body), ['messages']);
    assert.equal(await page.locator('select').count(), 0);
    const scripts = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    assert.equal(scripts.filter(name => name.includes('/chat-options-')).length, 0);
  },
  ONE,
);

pageTest(
  'a model that has left the list is replaced by the default, and the page says so once',
  async ({ page, gateway }) => {
    await picker(page).selectOption('Fast');
    await sendMessage(page, 'Hello');
    await completeAnswer(page, gateway, 'Hi.');
    gateway.setModels([{ id: 'gpt-a' }, { id: 'gpt-c' }]);
    await page.reload();
    await page.locator('textarea').first().focus();
    const notice = page.getByRole('status').getByText(LEFT);
    await page.getByText(LEFT).waitFor();
    assert.equal(await notice.count(), 1);
    assert.equal(await chosen(page), 'gpt-a');
    await lastAnswer(page)
      .getByText(/^Fast · /)
      .waitFor(); // the answer keeps its model
    await sendMessage(page, 'And now?');
    assert.equal((await completeAnswer(page, gateway, 'Now.')).body.model, 'gpt-a');
    assert.equal(await page.getByText(LEFT).isVisible(), false);
    await page.reload();
    await page.locator('textarea').first().focus();
    await picker(page).waitFor();
    assert.equal(await page.getByText(LEFT).count(), 0);
  },
  TWO,
);

pageTest(
  'a list that shrinks to one model says so, and sends none',
  async ({ page, gateway }) => {
    await picker(page).selectOption('Fast');
    await sendMessage(page, 'Hello');
    await completeAnswer(page, gateway, 'Hi.');
    gateway.setModels([{ id: 'gpt-a' }]);
    await page.reload();
    await page.locator('textarea').first().focus();
    await page.getByText(LEFT).waitFor();
    assert.equal(await picker(page).isVisible(), false);
    await sendMessage(page, 'And now?');
    assert.equal((await completeAnswer(page, gateway, 'Now.')).body.model, undefined);
  },
  TWO,
);

pageTest(
  'a model that the gateway no longer has: the page says so and Retry asks the default',
  async ({ page, gateway }) => {
    await picker(page).selectOption('Fast');
    gateway.setModels([{ id: 'gpt-a' }, { id: 'gpt-c' }]);
    const announcements = await recordAnnouncements(page);
    await sendMessage(page, 'Hello');
    await page
      .getByRole('alert')
      .getByText('This model is not available. Please choose another.')
      .waitFor();
    await page.getByText(LEFT).waitFor();
    await lastAnswer(page).getByRole('button', { name: 'Retry' }).click();
    const { body } = await completeAnswer(page, gateway, 'Hi.');
    assert.equal(body.model, 'gpt-a');
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.equal((await announcements.all()).includes('Hi.'), true);
  },
  TWO,
);

pageTest(
  'another tab of the conversation takes the model over',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    await completeAnswer(page, gateway, 'Hi.');
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.locator('textarea').first().focus();
    await picker(other).waitFor();
    await picker(page).selectOption('Fast');
    await other.waitForFunction(() => document.querySelector('select')?.value === 'vendor/b:1');
    await other.close();
  },
  TWO,
);

pageTest(
  'Regenerate right after a reload uses the model of the conversation',
  async ({ page, gateway }) => {
    await picker(page).selectOption('Fast');
    await sendMessage(page, 'Hello');
    await completeAnswer(page, gateway, 'Hi.');
    /** @type {() => void} */
    let announce = () => {};
    const announced = new Promise(resolve => {
      announce = () => resolve(undefined);
    });
    await page.route('**/v1/models', route => announced.then(() => route.continue()));
    await page.reload();
    await lastAnswer(page).getByRole('button', { name: 'Regenerate' }).click();
    announce();
    assert.equal((await gateway.nextExchange()).body.model, 'vendor/b:1');
  },
  TWO,
);

pageTest(
  'what is chosen while an answer streams is kept, and is for the next one',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    const first = await gateway.nextExchange();
    first.sendDelta('Hi');
    await lastAnswer(page).getByText('Hi').waitFor();
    await picker(page).selectOption('Fast');
    first.sendDelta(' there.');
    first.complete();
    await lastAnswer(page)
      .getByText(/^gpt-a · /)
      .waitFor();
    assert.equal(await chosen(page), 'vendor/b:1');
    await sendMessage(page, 'Again');
    assert.equal((await gateway.nextExchange()).body.model, 'vendor/b:1');
  },
  TWO,
);

pageTest(
  'a hostile label is text, and a long one does not widen a small screen',
  async ({ page }) => {
    await picker(page).selectOption('b');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(await page.locator('#composer img').count(), 0);
    const box = await page.locator('#composer').boundingBox();
    const send = await page.locator('#send').boundingBox();
    assert.equal(width, 320);
    assert.ok(box && send && send.x + send.width <= box.x + box.width);
  },
  {
    ...TWO,
    capabilities: ['resume', 'web_search'],
    models: [{ id: 'a' }, { id: 'b', label: `<img src=x onerror=alert(1)>${'long '.repeat(40)}` }],
    viewport: { width: 320, height: 640 },
  },
);

/** @param {Page} page */
function picker(page) {
  return page.getByRole('combobox', { name: 'Model' });
}

/** @param {Page} page */
function chosen(page) {
  return picker(page).inputValue();
}
