import assert from 'node:assert/strict';
import {
  completeAnswer,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest('the page requests persistent storage with the first message', async fixtures => {
  const { page, gateway } = fixtures;
  await page.addInitScript(() => {
    let requests = 0;
    navigator.storage.persist = async () => {
      requests++;
      return true;
    };
    Object.assign(window, { persistRequests: () => requests });
  });
  await page.reload();
  await page.locator('textarea').fill('Green tea');
  assert.equal(await page.evaluate('persistRequests()'), 0);
  await page.keyboard.press('Enter');
  await completeAnswer(page, gateway, 'Two minutes.');
  await page.waitForFunction(() => Reflect.get(window, 'persistRequests')() > 0);
  assert.equal(await page.evaluate('persistRequests()'), 1);
});

pageTest(
  'a full storage shows a notice and keeps the stored messages',
  async ({ page, gateway }) => {
    await setQuota(page, 500_000);
    await sendMessage(page, 'Green tea');
    await completeAnswer(page, gateway, 'Two minutes.');
    await sendMessage(page, 'Tell me everything');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('Everything begins. ', randomText(600_000));
    await page.getByText('no more room for conversations').waitFor();
    exchange.complete();
    await page.locator('[data-status=complete]').nth(1).waitFor();
    await sendMessage(page, 'And then?');
    await completeAnswer(page, gateway, 'It goes on.');

    await page.reload();
    await page.locator('[data-status=complete]').getByText('Two minutes.').waitFor();
  },
);

for (const [what, lost, shown] of /** @type {[string, RegExp, string[]][]} */ ([
  ['one message', /Why/, ['Because.']],
  ['its last message', /Because/, ['Why?']],
  ['all messages', /./, []],
]))
  pageTest(`a conversation with ${what} that cannot be read`, async ({ page, gateway }) => {
    await sendMessage(page, 'Why?');
    await completeAnswer(page, gateway, 'Because.');
    await loseMessages(page, lost);
    await page.reload();
    await page.getByText('cannot read some of the saved messages').waitFor();
    if (shown.length > 0) await page.locator('article').getByText(shown[0]).waitFor();
    else await page.getByText('What can I help with?').waitFor();
    assert.deepEqual(await page.locator('article .turn-text').allTextContents(), shown);
    await sendMessage(page, 'And then?');
    const { messages } = (await completeAnswer(page, gateway, 'Then this.')).body;
    const contents = messages.map((/** @type {{ content: string }} */ { content }) => content);
    assert.deepEqual(contents, [...shown, 'And then?']);
    await page.getByText('cannot read some of the saved messages').waitFor();
  });

pageTest('a conversation that cannot be read can be deleted', async ({ page, gateway }) => {
  await sendMessage(page, 'Why?');
  await completeAnswer(page, gateway, 'Because.');
  await loseMessages(page, /./);
  await page.reload();
  await page.getByText('cannot read some of the saved messages').waitFor();
  await page.getByRole('button', { name: 'More for “Why?”' }).press('Enter');
  await page.getByRole('button', { name: 'Delete' }).press('Enter');
  await page.getByRole('link', { name: 'Why?' }).waitFor({ state: 'detached' });
  await page.waitForFunction(async () => {
    const request = indexedDB.open('minimal-chatbot');
    await new Promise(resolve => {
      request.onsuccess = resolve;
    });
    const all = request.result.transaction('messages').objectStore('messages').count();
    await new Promise(resolve => {
      all.onsuccess = resolve;
    });
    request.result.close();
    return all.result === 0;
  });
});

pageTest('a message is saved after storage has room again', async ({ page, gateway }) => {
  await setQuota(page, 500_000);
  await sendMessage(page, 'Tell me everything');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Everything begins. ', randomText(600_000));
  await page.getByText('no more room for conversations').waitFor();
  await setQuota(page, 100_000_000);
  exchange.sendDelta(' Everything ends.');
  exchange.complete();
  await page.locator('[data-status=complete]').waitFor();
  await page.locator('#not-saved').waitFor({ state: 'hidden' });
  await page.reload();
  await page.locator('[data-status=complete]').getByText('Everything ends.').waitFor();
});

pageTest('a message can be sent when the list of conversations cannot be read', async fixtures => {
  const { page, gateway } = fixtures;
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  await page.addInitScript(() => {
    const { getAll } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.getAll = function (...query) {
      if (this.name === 'conversations') throw new DOMException('a file is lost', 'UnknownError');
      return getAll.apply(this, query);
    };
  });
  await page.reload();
  await page.getByText('cannot read some of the saved messages').waitFor();
  await lastAnswer(page).getByText('Two minutes.').waitFor();
  await sendMessage(page, 'And then?');
  await completeAnswer(page, gateway, 'It goes on.');
});

pageTest('the open conversation survives when the browser clears the storage', async fixtures => {
  const { page, gateway } = fixtures;
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  await clearDatabase(page);
  await page.locator('#cleared').waitFor();
  await sendMessage(page, 'Black tea');
  await completeAnswer(page, gateway, 'Four minutes.');
  const announcements = await recordAnnouncements(page);
  await page.getByRole('searchbox').fill('Four'); // reads the database as soon as it is open
  await announcements.waitFor('1 result');
  await page.reload();
  await lastAnswer(page).getByText('Four minutes.').waitFor();
  assert.equal(await page.locator('.turn-text').first().textContent(), 'Green tea');
  assert.equal(await page.locator('#cleared').isVisible(), false);
});

pageTest('a database that the browser closes and keeps is opened again', async fixtures => {
  const { page, gateway } = fixtures;
  await page.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    /** @type {IDBDatabase[]} */
    const databases = [];
    Object.assign(window, { databases });
    /** @this {IDBFactory} @param {Parameters<IDBFactory['open']>} options */
    IDBFactory.prototype.open = function (...options) {
      const request = open.apply(this, options);
      request.addEventListener('success', () => databases.push(request.result));
      return request;
    };
  });
  await page.reload();
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  await page.evaluate(() => {
    const [database] = Reflect.get(window, 'databases');
    database.close();
    database.dispatchEvent(new Event('close'));
  });
  await page.waitForFunction(() => Reflect.get(window, 'databases').length === 2);
  await sendMessage(page, 'Black tea');
  await completeAnswer(page, gateway, 'Four minutes.');
  assert.equal(await page.locator('#cleared').isVisible(), false);
  const titles = page.locator('#conversation-list a');
  assert.deepEqual(await titles.allTextContents(), ['Black tea', 'Green tea']);
  await page.reload();
  await lastAnswer(page).getByText('Four minutes.').waitFor();
  assert.deepEqual(await titles.allTextContents(), ['Black tea', 'Green tea']);
});

pageTest(
  'the page reports that the browser cleared the storage while it was closed',
  async fixtures => {
    const { page, gateway } = fixtures;
    await sendMessage(page, 'Green tea');
    await completeAnswer(page, gateway, 'Two minutes.');
    await page.goto('/health');
    await clearDatabase(page);
    await page.goto('/');
    await page.getByText('has cleared the conversations').waitFor();
    await page.reload();
    await page.getByText('What can I help with?').waitFor();
    assert.equal(await page.locator('#cleared').isVisible(), false);
  },
);

pageTest('a tab that crashes during a database upgrade loses nothing', async fixtures => {
  const { page, gateway } = fixtures;
  await sendMessage(page, 'Green tea');
  await completeAnswer(page, gateway, 'Two minutes.');
  const url = page.url();
  await page.goto('/health');
  const crashing = await page.context().newPage();
  await crashing.goto('/health');
  await crashing.evaluate(startUpgrade);
  const session = await crashing.context().newCDPSession(crashing);
  session.send('Page.crash').catch(() => {});
  await page.goto(url);
  await lastAnswer(page).getByText('Two minutes.').waitFor();
});

/** Runs in the page. Starts a database upgrade whose transaction never ends. */
function startUpgrade() {
  return new Promise(resolve => {
    const request = indexedDB.open('minimal-chatbot', 2);
    request.onupgradeneeded = () => {
      request.result.deleteObjectStore('conversations');
      const messages = /** @type {IDBTransaction} */ (request.transaction).objectStore('messages');
      messages.clear().onsuccess = function repeat() {
        resolve(undefined);
        messages.count().onsuccess = repeat;
      };
    };
  });
}

/**
 * Incompressible text.
 * @param {number} length
 */
function randomText(length) {
  let state = 1;
  let text = '';
  while (text.length < length) {
    state = (state * 48271) % 2147483647;
    text += `${state.toString(36)}${state % 100 ? '' : '\n\n'}`;
  }
  return text;
}

/**
 * Sets the storage quota in bytes. A lower quota applies only before the first write, because the
 * browser caches the quota.
 * @param {Page} page
 * @param {number} quotaSize
 */
async function setQuota(page, quotaSize) {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
}

/** Deletes the database, as a browser does to free disk space. @param {Page} page */
async function clearDatabase(page) {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
}

/**
 * Lets the browser lose the files of stored messages from the next load on.
 * @param {Page} page
 * @param {RegExp} lost  their texts
 */
async function loseMessages(page, lost) {
  const saved = await page.waitForFunction(async () => {
    const request = indexedDB.open('minimal-chatbot');
    await new Promise(resolve => {
      request.onsuccess = resolve;
    });
    const all = request.result.transaction('messages').objectStore('messages').getAll();
    await new Promise(resolve => {
      all.onsuccess = resolve;
    });
    request.result.close();
    return all.result.every(({ status }) => status === 'complete') && all.result;
  });
  const messages = /** @type {{ id: string, text: string }[]} */ (await saved.jsonValue());
  const ids = messages.filter(({ text }) => lost.test(text)).map(({ id }) => id);
  assert.notEqual(ids.length, 0);
  await page.addInitScript(ids => {
    const { get } = IDBObjectStore.prototype;
    const fail = () => {
      throw new DOMException('lost', 'UnknownError');
    };
    IDBIndex.prototype.getAll = fail;
    IDBObjectStore.prototype.get = function (key) {
      return ids.includes(String(key)) ? fail() : get.call(this, key);
    };
  }, ids);
}
