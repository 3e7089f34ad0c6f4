import assert from 'node:assert/strict';
import { completeAnswer, lastAnswer, pageTest, sendMessage } from '../support/chat-page.js';

pageTest('an answer grows while it streams', async ({ page, gateway }) => {
  await sendMessage(page, 'Say hello');
  const exchange = await gateway.nextExchange();
  assert.equal(exchange.headers.authorization, 'Bearer scripted-token');
  assert.deepEqual(exchange.body, { messages: [{ role: 'user', content: 'Say hello' }] });

  exchange.sendDelta('Hello');
  await lastAnswer(page).getByText('Hello', { exact: true }).waitFor();
  assert.equal(await lastAnswer(page).getAttribute('data-status'), 'streaming');
  exchange.sendDelta(', ', 'world');
  await lastAnswer(page).getByText('Hello, world', { exact: true }).waitFor();
  exchange.complete();
  await page.locator('[data-status=complete]').waitFor();
  await lastAnswer(page).getByText('scripted-1').waitFor();
});

pageTest('Stop keeps the text and aborts the request', async ({ page, gateway }) => {
  await sendMessage(page, 'Tell me everything');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Everything begins');
  await lastAnswer(page).getByText('Everything begins').waitFor();
  await page.locator('#send').click();

  assert.equal(await exchange.aborted, true);
  await page.locator('[data-status=stopped]').waitFor();
  await page.reload();
  await page.locator('[data-status=stopped]').getByText('Everything begins').waitFor();
});

pageTest('a reload shows the conversation and no other view first', async ({ page, gateway }) => {
  await sendMessage(page, 'First');
  const first = await gateway.nextExchange();
  first.sendDelta('One');
  first.complete();
  await page.locator('[data-status=complete]').waitFor();
  await sendMessage(page, 'Second');
  const second = await gateway.nextExchange();
  second.sendDelta('Two');
  second.complete();
  await page.locator('[data-status=complete]').nth(1).waitFor();
  const before = await page.locator('.turn-text').allTextContents();
  assert.deepEqual(before, ['First', 'One', 'Second', 'Two']);

  await page.addInitScript(() => {
    /** @type {unknown[]} */
    const views = [];
    const observer = new MutationObserver(() => views.push(document.documentElement.dataset.view));
    observer.observe(document, { subtree: true, attributeFilter: ['data-view'] });
    Object.assign(window, { views });
  });
  await page.reload();
  await page.locator('.turn-text').nth(3).waitFor();
  assert.deepEqual(await page.locator('.turn-text').allTextContents(), before);
  const views = await page.evaluate(() => Reflect.get(window, 'views'));
  assert.deepEqual([...new Set(views)], ['chat']);
});

pageTest('a reload during an answer keeps its text and offers Retry', async ({ page, gateway }) => {
  await sendMessage(page, 'Tell me everything');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Everything begins');
  await lastAnswer(page).getByText('Everything begins').waitFor();
  await page.reload();

  const interrupted = page.locator('[data-status=interrupted]');
  await interrupted.getByText('Everything begins').waitFor();
  assert.equal(await page.locator('.spinner-dot:visible').count(), 0);
  assert.equal(await exchange.aborted, true);
  await interrupted.getByRole('button', { name: 'Retry' }).click();
  const retry = await gateway.nextExchange();
  assert.deepEqual(retry.body, exchange.body);
});

pageTest(
  'a page that crashes loses at most the last second of an answer',
  async ({ page, gateway }) => {
    const crashing = await page.context().newPage();
    await crashing.clock.install();
    await crashing.goto(page.url());
    await sendMessage(crashing, 'Tell me everything');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('Everything begins');
    await lastAnswer(crashing).getByText('Everything begins').waitFor();
    await crashing.clock.pauseAt(Date.now() + 1000); // no timer after that second runs
    await page.waitForFunction(isStored, 'Everything begins');
    await crashing.clock.resume(); // the clock belongs to the whole browser context
    const url = crashing.url();
    const session = await crashing.context().newCDPSession(crashing);
    session.send('Page.crash').catch(() => {});
    await page.goto(url);
    await page.reload();
    await page.locator('[data-status=interrupted]').getByText('Everything begins').waitFor();
  },
);

pageTest('an answer continues while another conversation is open', async ({ page, gateway }) => {
  await sendMessage(page, 'First');
  const first = await gateway.nextExchange();
  first.sendDelta('One');
  await lastAnswer(page).getByText('One').waitFor();
  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  await page.getByRole('img', { name: 'Answering' }).waitFor();
  first.sendDelta(' and a half');
  await sendMessage(page, 'Second');
  const second = await gateway.nextExchange();
  second.sendDelta('Two');
  await lastAnswer(page).getByText('Two', { exact: true }).waitFor();
  first.complete();

  await page.getByRole('link', { name: 'First' }).click();
  await page.locator('[data-status=complete]').getByText('One and a half').waitFor();
  assert.deepEqual(await page.locator('.turn-text').allTextContents(), ['First', 'One and a half']);
  assert.equal(
    await page.getByRole('link', { name: 'First' }).getAttribute('aria-current'),
    'page',
  );
});

pageTest('Regenerate requests another answer to the same message', async ({ page, gateway }) => {
  await sendMessage(page, 'Hello');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Hi');
  exchange.complete();
  await page.getByRole('button', { name: 'Regenerate' }).click();
  const retry = await gateway.nextExchange();
  assert.deepEqual(retry.body, exchange.body);
  retry.sendDelta('Good day');
  retry.complete();
  await page.locator('[data-status=complete]').getByText('Good day').waitFor();
  assert.deepEqual(await page.locator('.turn-text').allTextContents(), ['Hello', 'Good day']);
});

pageTest('Back leads from a conversation to the empty page', async ({ page, gateway }) => {
  await sendMessage(page, 'Hello');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Hi');
  exchange.complete();
  await page.locator('[data-status=complete]').waitFor();
  await page.goBack();
  await page.getByText('What can I help with?').waitFor();
  await page.goForward();
  await lastAnswer(page).getByText('Hi', { exact: true }).waitFor();
});

pageTest(
  'the chat works without a database and shows that nothing is saved',
  async ({ page, gateway }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('private', 'InvalidStateError');
      };
    });
    await page.reload();
    await page.getByText('This browser does not let us save conversations.').waitFor();
    await sendMessage(page, 'Hello');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('Hi');
    exchange.complete();
    await page.locator('[data-status=complete]').getByText('Hi', { exact: true }).waitFor();
  },
);

pageTest('the chat works in a browser that refuses all storage', async ({ page, gateway }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
      Object.defineProperty(window, name, { get: refuse });
    Object.assign(window, {
      BroadcastChannel: class {
        constructor() {
          refuse();
        }
      },
    });
    LockManager.prototype.request = async () => refuse();
    StorageManager.prototype.persist = async () => refuse();
  });
  await page.reload();
  await page.locator('textarea').fill('Hello');
  await page.getByText('This browser does not let us save conversations.').waitFor();
  await page.keyboard.press('Enter');
  await completeAnswer(page, gateway, 'Hi');
  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'Hello' }).click();
  await lastAnswer(page).getByText('Hi', { exact: true }).waitFor();
});

pageTest('New chat moves the focus to the composer', async ({ page, gateway }) => {
  await sendMessage(page, 'Hello');
  (await gateway.nextExchange()).sendDelta('Hi');
  await lastAnswer(page).getByText('Hi', { exact: true }).waitFor();
  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('textarea'));
});

pageTest(
  'the sidebar of a narrow screen is a dialog that a selected conversation closes',
  async ({ page, gateway }) => {
    await sendMessage(page, 'Hello');
    const exchange = await gateway.nextExchange();
    exchange.sendDelta('Hi');
    exchange.complete();
    await page.locator('[data-status=complete]').waitFor();
    await page.locator('#new-chat-here').click();
    await page.locator('#toggle-sidebar').click();
    await page.getByRole('dialog').getByRole('link', { name: 'Hello' }).click();
    await lastAnswer(page).getByText('Hi', { exact: true }).waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);

    await page.locator('#toggle-sidebar').click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'toggle-sidebar');
  },
  { viewport: { width: 600, height: 800 } },
);

pageTest(
  'a long conversation opens at its end and then renders its beginning',
  async ({ page }) => {
    await page.evaluate(storeConversation, 120);
    await page.reload();
    await page.getByRole('link', { name: 'Long' }).click();
    await page.getByText('Answer 119').waitFor();
    assert.ok(await page.getByText('Answer 119').isVisible());
    await page.locator('article').nth(119).waitFor({ state: 'attached' });
    assert.equal(await page.locator('.turn-text').first().textContent(), 'Question 0');
    const fromEnd = await page
      .locator('#thread')
      .evaluate(thread => thread.scrollHeight - thread.clientHeight - thread.scrollTop);
    assert.ok(fromEnd <= 2, `${fromEnd} px`);
  },
);

pageTest('rendering older turns keeps the scroll position', async ({ page }) => {
  await page.addInitScript(() => {
    /** @type {(() => void)[]} */
    const callbacks = [];
    Object.assign(window, {
      requestIdleCallback: (/** @type {() => void} */ task) => callbacks.push(task),
      runIdleCallbacks: () => {
        while (callbacks.length > 0) callbacks.shift()?.();
      },
    });
  });
  await page.evaluate(storeConversation, 120);
  await page.reload();
  await page.getByRole('link', { name: 'Long' }).click();
  await page.getByText('Answer 119').waitFor();
  const turn = page.getByText('Answer 113', { exact: true });
  const top = () => turn.evaluate(node => node.getBoundingClientRect().top);
  await page.mouse.move(640, 300);
  await page.mouse.wheel(0, -300);
  await page.waitForFunction(() => !document.querySelector('#thread[data-following]'));
  let before;
  do {
    before = await top();
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(resolve)));
  } while (before !== (await top())); // the wheel scroll is animated
  await page.evaluate('runIdleCallbacks()');
  await page.locator('article').nth(119).waitFor({ state: 'attached' });
  assert.ok(Math.abs((await top()) - before) <= 2, `${before} became ${await top()}`);
});

/**
 * Runs in the page. Whether the database contains a message with this text.
 * @param {string} text
 */
function isStored(text) {
  return new Promise(resolve => {
    const request = indexedDB.open('minimal-chatbot');
    request.onsuccess = () => {
      const all = request.result.transaction('messages').objectStore('messages').getAll();
      all.onsuccess = () => {
        request.result.close();
        resolve(all.result.some(message => message.text === text));
      };
    };
  });
}

/**
 * Runs in the page. Stores a conversation of so many messages.
 * @param {number} count
 */
function storeConversation(count) {
  return new Promise(resolve => {
    const request = indexedDB.open('minimal-chatbot');
    request.onsuccess = () => {
      const transaction = request.result.transaction(['conversations', 'messages'], 'readwrite');
      const conversation = { id: 'long', title: 'Long', createdAt: 0, updatedAt: 0, pinned: false };
      transaction.objectStore('conversations').put({ ...conversation, leaf: `m${count - 1}` });
      for (let index = 0; index < count; index++) {
        const [role, word] = index % 2 === 0 ? ['user', 'Question'] : ['assistant', 'Answer'];
        const message = { id: `m${index}`, conversation: 'long', role, text: `${word} ${index}` };
        const parent = index === 0 ? null : `m${index - 1}`;
        transaction
          .objectStore('messages')
          .put({ ...message, parent, status: 'complete', createdAt: index });
      }
      transaction.oncomplete = resolve;
    };
  });
}
