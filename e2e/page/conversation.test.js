import assert from 'node:assert/strict';
import { answer, ask, pageTest } from '../support/chat-page.js';

pageTest('an answer grows while it is being written', async ({ page, gateway }) => {
  await ask(page, 'Say hello');
  const question = await gateway.asked();
  assert.equal(question.headers.authorization, 'Bearer scripted-token');
  assert.deepEqual(question.body, { messages: [{ role: 'user', content: 'Say hello' }] });

  question.say('Hello');
  await answer(page).getByText('Hello', { exact: true }).waitFor();
  assert.equal(await answer(page).getAttribute('data-status'), 'streaming');
  question.say(', ', 'world');
  await answer(page).getByText('Hello, world', { exact: true }).waitFor();
  question.complete();
  await page.locator('[data-status=complete]').waitFor();
  await answer(page).getByText('scripted-1').waitFor();
});

pageTest('stop keeps what is written and ends the request', async ({ page, gateway }) => {
  await ask(page, 'Tell me everything');
  const question = await gateway.asked();
  question.say('Everything begins');
  await answer(page).getByText('Everything begins').waitFor();
  await page.locator('#send').click();

  assert.equal(await question.aborted, true);
  await page.locator('[data-status=stopped]').waitFor();
  await page.reload();
  await page.locator('[data-status=stopped]').getByText('Everything begins').waitFor();
});

pageTest(
  'a reload keeps the conversation and shows nothing else first',
  async ({ page, gateway }) => {
    await ask(page, 'First');
    const first = await gateway.asked();
    first.say('One');
    first.complete();
    await page.locator('[data-status=complete]').waitFor();
    await ask(page, 'Second');
    const second = await gateway.asked();
    second.say('Two');
    second.complete();
    await page.locator('[data-status=complete]').nth(1).waitFor();
    const before = await page.locator('.turn-text').allTextContents();
    assert.deepEqual(before, ['First', 'One', 'Second', 'Two']);

    await page.addInitScript(() => {
      /** @type {unknown[]} */
      const views = [];
      const observer = new MutationObserver(() =>
        views.push(document.documentElement.dataset.view),
      );
      observer.observe(document, { subtree: true, attributeFilter: ['data-view'] });
      Object.assign(window, { views });
    });
    await page.reload();
    await page.locator('.turn-text').nth(3).waitFor();
    assert.deepEqual(await page.locator('.turn-text').allTextContents(), before);
    const views = await page.evaluate(() => /** @type {any} */ (window).views);
    assert.deepEqual([...new Set(views)], ['chat']);
  },
);

pageTest(
  'a reload in mid-stream leaves an answer that can be asked for again',
  async ({ page, gateway }) => {
    await ask(page, 'Tell me everything');
    const question = await gateway.asked();
    question.say('Everything begins');
    await answer(page).getByText('Everything begins').waitFor();
    await page.reload();

    const interrupted = page.locator('[data-status=interrupted]');
    await interrupted.getByText('Everything begins').waitFor();
    assert.equal(await page.locator('.spinner-dot:visible').count(), 0);
    assert.equal(await question.aborted, true);
    await interrupted.getByRole('button', { name: 'Retry' }).click();
    const again = await gateway.asked();
    assert.deepEqual(again.body, question.body);
  },
);

pageTest(
  'a page that dies without a word loses at most the last second',
  async ({ page, gateway }) => {
    const dying = await page.context().newPage();
    await dying.goto(page.url());
    await ask(dying, 'Tell me everything');
    const question = await gateway.asked();
    question.say('Everything begins');
    await answer(dying).getByText('Everything begins').waitFor();
    await dying.waitForTimeout(1000);
    const url = dying.url();
    const session = await dying.context().newCDPSession(dying);
    session.send('Page.crash').catch(() => {});
    await page.goto(url);
    await page.reload();
    await page.locator('[data-status=interrupted]').getByText('Everything begins').waitFor();
  },
);

pageTest('an answer goes on while another conversation is shown', async ({ page, gateway }) => {
  await ask(page, 'First');
  const first = await gateway.asked();
  first.say('One');
  await answer(page).getByText('One').waitFor();
  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  await page.getByRole('img', { name: 'Answering' }).waitFor();
  first.say(' and a half');
  await ask(page, 'Second');
  const second = await gateway.asked();
  second.say('Two');
  await answer(page).getByText('Two', { exact: true }).waitFor();
  first.complete();

  await page.getByRole('link', { name: 'First' }).click();
  await page.locator('[data-status=complete]').getByText('One and a half').waitFor();
  assert.deepEqual(await page.locator('.turn-text').allTextContents(), ['First', 'One and a half']);
  assert.equal(
    await page.getByRole('link', { name: 'First' }).getAttribute('aria-current'),
    'page',
  );
});

pageTest('regenerate gives another answer to the same question', async ({ page, gateway }) => {
  await ask(page, 'Hello');
  const question = await gateway.asked();
  question.say('Hi');
  question.complete();
  await page.getByRole('button', { name: 'Regenerate' }).click();
  const again = await gateway.asked();
  assert.deepEqual(again.body, question.body);
  again.say('Good day');
  again.complete();
  await page.locator('[data-status=complete]').getByText('Good day').waitFor();
  assert.deepEqual(await page.locator('.turn-text').allTextContents(), ['Hello', 'Good day']);
});

pageTest('a back step leads from a conversation to the empty page', async ({ page, gateway }) => {
  await ask(page, 'Hello');
  const question = await gateway.asked();
  question.say('Hi');
  question.complete();
  await page.locator('[data-status=complete]').waitFor();
  await page.goBack();
  await page.getByText('What can I help with?').waitFor();
  await page.goForward();
  await answer(page).getByText('Hi', { exact: true }).waitFor();
});

pageTest(
  'without a database the chat goes on and says that it is not saved',
  async ({ page, gateway }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('private', 'InvalidStateError');
      };
    });
    await page.reload();
    await page.getByText('This browser does not let us save conversations.').waitFor();
    await ask(page, 'Hello');
    const question = await gateway.asked();
    question.say('Hi');
    question.complete();
    await page.locator('[data-status=complete]').getByText('Hi', { exact: true }).waitFor();
  },
);

pageTest('a new chat takes the focus to the composer', async ({ page, gateway }) => {
  await ask(page, 'Hello');
  (await gateway.asked()).say('Hi');
  await answer(page).getByText('Hi', { exact: true }).waitFor();
  await page.locator('#new-chat').click();
  await page.getByText('What can I help with?').waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('textarea'));
});

pageTest(
  'on a narrow screen the conversations are a dialog that closes when one is chosen',
  async ({ page, gateway }) => {
    await ask(page, 'Hello');
    const question = await gateway.asked();
    question.say('Hi');
    question.complete();
    await page.locator('[data-status=complete]').waitFor();
    await page.locator('#new-chat-here').click();
    await page.locator('#toggle-sidebar').click();
    await page.getByRole('dialog').getByRole('link', { name: 'Hello' }).click();
    await answer(page).getByText('Hi', { exact: true }).waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);

    await page.locator('#toggle-sidebar').click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'toggle-sidebar');
  },
  { viewport: { width: 600, height: 800 } },
);

pageTest('a long conversation opens at its end, and is whole a little later', async ({ page }) => {
  await page.evaluate(seed, 120);
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
});

pageTest('what is drawn above a reader leaves them where they read', async ({ page }) => {
  await page.addInitScript(() => {
    /** @type {(() => void)[]} */
    const waiting = [];
    Object.assign(window, {
      requestIdleCallback: (/** @type {() => void} */ task) => waiting.push(task),
      idle: () => {
        while (waiting.length > 0) waiting.shift()?.();
      },
    });
  });
  await page.evaluate(seed, 120);
  await page.reload();
  await page.getByRole('link', { name: 'Long' }).click();
  await page.getByText('Answer 119').waitFor();
  const read = page.getByText('Answer 113', { exact: true });
  const place = () => read.evaluate(node => node.getBoundingClientRect().top);
  await page.mouse.move(640, 300);
  await page.mouse.wheel(0, -300);
  await page.waitForFunction(() => !document.querySelector('#thread[data-following]'));
  let before;
  do {
    before = await place();
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(resolve)));
  } while (before !== (await place())); // the wheel rolls on for a while
  await page.evaluate('idle()');
  await page.locator('article').nth(119).waitFor({ state: 'attached' });
  assert.ok(Math.abs((await place()) - before) <= 2, `${before} became ${await place()}`);
});

/**
 * Runs in the page: stores a conversation of so many messages.
 * @param {number} count
 */
function seed(count) {
  return new Promise(resolve => {
    const request = indexedDB.open('minimal-chatbot');
    request.onsuccess = () => {
      const transaction = request.result.transaction(['conversations', 'messages'], 'readwrite');
      const conversation = { id: 'long', title: 'Long', createdAt: 0, updatedAt: 0, pinned: false };
      transaction.objectStore('conversations').put({ ...conversation, leaf: `m${count - 1}` });
      for (let at = 0; at < count; at++) {
        const [role, word] = at % 2 === 0 ? ['user', 'Question'] : ['assistant', 'Answer'];
        const message = { id: `m${at}`, conversation: 'long', role, text: `${word} ${at}` };
        const parent = at === 0 ? null : `m${at - 1}`;
        transaction
          .objectStore('messages')
          .put({ ...message, parent, status: 'complete', createdAt: at });
      }
      transaction.oncomplete = resolve;
    };
  });
}
