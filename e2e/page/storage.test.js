import assert from 'node:assert/strict';
import { answer, answered, ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest('the browser is asked to keep what is said once there is something', async parts => {
  const { page, gateway } = parts;
  await page.addInitScript(() => {
    let times = 0;
    navigator.storage.persist = async () => {
      times++;
      return true;
    };
    Object.assign(window, { asked: () => times });
  });
  await page.reload();
  await page.locator('textarea').fill('Green tea');
  assert.equal(await page.evaluate('asked()'), 0);
  await page.keyboard.press('Enter');
  await answered(page, gateway, 'Two minutes.');
  assert.equal(await page.evaluate('asked()'), 1);
});

pageTest(
  'where there is no more room the reader is told, and what is there stays',
  async ({ page, gateway }) => {
    await limit(page, 500_000);
    await ask(page, 'Green tea');
    await answered(page, gateway, 'Two minutes.');
    await ask(page, 'Tell me everything');
    const question = await gateway.asked();
    question.say('Everything begins. ', noise(600_000));
    await page.getByText('no more room for conversations').waitFor();
    question.complete();
    await page.locator('[data-status=complete]').nth(1).waitFor();
    await ask(page, 'And then?');
    await answered(page, gateway, 'It goes on.');

    await page.reload();
    await page.locator('[data-status=complete]').getByText('Two minutes.').waitFor();
  },
);

pageTest('what had no room is saved when there is room again', async ({ page, gateway }) => {
  await limit(page, 500_000);
  await ask(page, 'Tell me everything');
  const question = await gateway.asked();
  question.say('Everything begins. ', noise(600_000));
  await page.getByText('no more room for conversations').waitFor();
  await limit(page, 100_000_000);
  question.say(' Everything ends.');
  question.complete();
  await page.locator('[data-status=complete]').waitFor();
  await page.locator('#not-saved').waitFor({ state: 'hidden' });
  await page.reload();
  await page.locator('[data-status=complete]').getByText('Everything ends.').waitFor();
});

pageTest('when the browser clears what was saved, what is open stays', async parts => {
  const { page, gateway } = parts;
  await ask(page, 'Green tea');
  await answered(page, gateway, 'Two minutes.');
  await clear(page);
  await page.locator('#cleared').waitFor();
  await ask(page, 'Black tea');
  await answered(page, gateway, 'Four minutes.');
  await page.getByRole('searchbox').fill('Four'); // which reads what is saved, once it can be
  await page.getByRole('status').getByText('1 result', { exact: true }).waitFor();
  await page.reload();
  await answer(page).getByText('Four minutes.').waitFor();
  assert.equal(await page.locator('.turn-text').first().textContent(), 'Green tea');
  assert.equal(await page.locator('#cleared').isVisible(), false);
});

pageTest('a browser that has cleared everything meanwhile is found out', async parts => {
  const { page, gateway } = parts;
  await ask(page, 'Green tea');
  await answered(page, gateway, 'Two minutes.');
  await page.goto('/health');
  await clear(page);
  await page.goto('/');
  await page.getByText('has cleared the conversations').waitFor();
  await page.reload();
  await page.getByText('What can I help with?').waitFor();
  assert.equal(await page.locator('#cleared').isVisible(), false);
});

pageTest('a tab that dies while it changes the database loses nothing', async parts => {
  const { page, gateway } = parts;
  await ask(page, 'Green tea');
  await answered(page, gateway, 'Two minutes.');
  const address = page.url();
  await page.goto('/health');
  const dying = await page.context().newPage();
  await dying.goto('/health');
  await dying.evaluate(halfAnUpgrade);
  const session = await dying.context().newCDPSession(dying);
  session.send('Page.crash').catch(() => {});
  await page.goto(address);
  await answer(page).getByText('Two minutes.').waitFor();
});

/** Runs in the page: begins to change the database to a later version, and does not end. */
function halfAnUpgrade() {
  return new Promise(resolve => {
    const request = indexedDB.open('minimal-chatbot', 2);
    request.onupgradeneeded = () => {
      request.result.deleteObjectStore('conversations');
      const messages = /** @type {IDBTransaction} */ (request.transaction).objectStore('messages');
      messages.clear().onsuccess = function again() {
        resolve(undefined);
        messages.count().onsuccess = again;
      };
    };
  });
}

/**
 * Text that does not compress.
 * @param {number} length
 */
function noise(length) {
  let state = 1;
  let text = '';
  while (text.length < length) {
    state = (state * 48271) % 2147483647;
    text += `${state.toString(36)}${state % 100 ? '' : '\n\n'}`;
  }
  return text;
}

/**
 * Gives the page this much room, in bytes. Less than before counts only if nothing was written yet:
 * the browser remembers for a while how much there was.
 * @param {Page} page
 * @param {number} quotaSize
 */
async function limit(page, quotaSize) {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
}

/** Clears the database, as a browser does that needs the room. @param {Page} page */
async function clear(page) {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
}
