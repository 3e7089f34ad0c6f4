import assert from 'node:assert/strict';
import {
  completeAnswer,
  lastAnswer,
  pageTest,
  recordAnnouncements,
  sendMessage,
} from '../support/chat-page.js';

/** @import { Locator, Page } from 'playwright-core' */

pageTest('each keyboard shortcut runs its command', async ({ page, gateway }) => {
  await sendMessage(page, 'First question');
  await completeAnswer(page, gateway, 'An answer');
  const composer = page.locator('#composer textarea');

  await page.keyboard.press('Control+b');
  await page.locator('#sidebar').waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+b');
  await page.locator('#sidebar').waitFor();

  await page.keyboard.press('ArrowUp');
  const editor = page.locator('article form textarea');
  assert.equal(await editor.inputValue(), 'First question');
  await page.keyboard.press('Escape');
  await editor.waitFor({ state: 'detached' });

  await page.locator('#thread').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Settings' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await focused(page), 'thread');
  await page.keyboard.press('Shift+Escape');
  assert.equal(await composer.evaluate(node => node === document.activeElement), true);

  await page.keyboard.press('Control+Shift+O');
  await page.getByText('What can I help with?').waitFor();
});

pageTest('a shortcut letter typed in the composer stays text', async ({ page }) => {
  await page.locator('#composer textarea').pressSequentially('b?k');
  assert.equal(await page.locator('#composer textarea').inputValue(), 'b?k');
  assert.equal(await page.getByRole('dialog').count(), 0);
});

pageTest('the palette finds and opens a conversation by keyboard', async ({ page, gateway }) => {
  await sendMessage(page, 'About rivers');
  await completeAnswer(page, gateway, 'They flow');
  await page.keyboard.press('Control+Shift+O');
  await page.getByText('What can I help with?').waitFor();
  await sendMessage(page, 'About mountains');
  await completeAnswer(page, gateway, 'They stand');

  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill('FLOW ab');
  await palette.getByRole('option').nth(1).waitFor({ state: 'detached' });
  assert.deepEqual(await optionTitles(palette), ['About rivers']);
  assert.equal(await palette.getByRole('status').textContent(), '1 result');
  await page.keyboard.press('Enter');
  await palette.waitFor({ state: 'detached' });
  await lastAnswer(page).getByText('They flow').waitFor();
  assert.equal(await page.locator('#title').textContent(), 'About rivers');
});

pageTest('Enter in the palette waits for the search, and commands do not', async fixtures => {
  const { page, gateway } = fixtures;
  await sendMessage(page, 'About rivers');
  await completeAnswer(page, gateway, 'They flow');
  await page.keyboard.press('Control+Shift+O');
  await page.getByText('What can I help with?').waitFor();
  await holdReading(page);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill('theme');
  await palette.getByRole('option').nth(3).waitFor({ state: 'detached' });
  assert.equal(await palette.getByRole('option').count(), 3);
  await palette.getByRole('combobox').fill('flow');
  await palette.getByRole('option').first().waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  assert.equal(await palette.isVisible(), true);
  await page.evaluate(() => Reflect.get(window, 'release')());
  await palette.waitFor({ state: 'detached' });
  await lastAnswer(page).getByText('They flow').waitFor();
});

pageTest('the palette counts also the conversations that it does not show', async ({ page }) => {
  await page.evaluate(async () => {
    const request = indexedDB.open('minimal-chatbot');
    await new Promise(resolve => {
      request.onsuccess = resolve;
    });
    const transaction = request.result.transaction('conversations', 'readwrite');
    for (let at = 0; at < 60; at++) {
      const times = { createdAt: at, updatedAt: at };
      const summary = { id: `c${at}`, title: `Tea ${at}`, ...times, pinned: false, leaf: null };
      transaction.objectStore('conversations').put(summary);
    }
    await new Promise(resolve => {
      transaction.oncomplete = resolve;
    });
    request.result.close();
  });
  await page.reload();
  await page.getByRole('link', { name: 'Tea 59' }).waitFor();
  await page.keyboard.press('Control+KeyK');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill('Tea');
  await palette.getByText('60 results').waitFor({ state: 'attached' });
  assert.equal(await palette.getByRole('option').count(), 50);
});

pageTest('the palette separates commands from conversations, with dates', async fixtures => {
  const { page, gateway } = fixtures;
  await page.clock.setFixedTime(new Date(2026, 10, 26, 7, 15));
  await sendMessage(page, 'About rivers');
  await completeAnswer(page, gateway, 'They flow');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByText('Commands', { exact: true }).waitFor();
  const commands = palette.getByRole('group', { name: 'Commands' }).getByRole('option');
  assert.deepEqual((await commands.allTextContents()).slice(0, 2), [
    'New chatCtrl+Shift+O',
    'Show or hide the conversationsCtrl+B',
  ]);
  const conversations = palette.getByRole('group', { name: 'Conversations' });
  assert.match(
    (await conversations.getByRole('option').textContent()) ?? '',
    /^About rivers7:15\sAM$/,
  );
  await palette.getByRole('combobox').fill('rivers');
  await commands.first().waitFor({ state: 'detached' });
  assert.equal(await palette.getByText('Commands', { exact: true }).count(), 0);
});

pageTest('the palette shows the text that was found, with the match marked', async fixtures => {
  const { page, gateway } = fixtures;
  await sendMessage(page, 'Where to eat?');
  await completeAnswer(page, gateway, 'The Café Central is open.');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill('cafe');
  const option = palette.getByRole('option', { name: 'Where to eat?' });
  await option.getByText('The Café Central is open.').waitFor();
  assert.deepEqual(await option.locator('mark').allTextContents(), ['Café']);
  await palette.getByRole('combobox').fill('EAT');
  await option.getByText('The Café Central is open.').waitFor({ state: 'detached' });
  assert.deepEqual(await option.locator('mark').allTextContents(), ['eat']);
});

pageTest(
  'a device with touch only shows no shortcuts, and Close without scrolling',
  async ({ page }) => {
    await page.getByRole('button', { name: 'Conversations' }).tap();
    await page.getByRole('button', { name: 'Settings' }).tap();
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.waitFor();
    assert.equal(await settings.getByText('Keyboard shortcuts').count(), 0);
    assert.equal(await settings.getByText('Ctrl').count(), 0);
    const close = await settings.getByRole('button', { name: 'Close' }).boundingBox();
    assert.ok(close && close.y >= 0 && close.y + close.height <= 500, `${close?.y}`);
    assert.ok(close.width >= 44 && close.height >= 44);
    await settings.getByRole('button', { name: 'Close' }).tap();
    await settings.waitFor({ state: 'detached' });
  },
  { viewport: { width: 390, height: 500 }, hasTouch: true, isMobile: true },
);

pageTest('settings list the keyboard shortcuts in the field’s words', async ({ page }) => {
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
  for (const words of ['Close or stop', 'Focus message box'])
    assert.equal(await settings.getByText(words, { exact: true }).count(), 1, words);
});

pageTest(
  'the arrow keys of the palette wrap, and Enter runs the selected command',
  async ({ page }) => {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Commands' });
    await palette.getByRole('combobox').fill('theme');
    const selected = palette.getByRole('option', { selected: true });
    await palette.getByRole('option').nth(3).waitFor({ state: 'detached' });
    assert.equal(await selected.textContent(), 'Light theme');
    await page.keyboard.press('ArrowUp');
    assert.equal(await selected.textContent(), 'Use system theme');
    await page.keyboard.press('ArrowUp');
    assert.equal(await selected.textContent(), 'Dark theme');
    assert.equal(
      await palette.getByRole('combobox').getAttribute('aria-activedescendant'),
      await selected.getAttribute('id'),
    );
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'detached' });
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
    await page.getByRole('button', { name: 'Settings' }).click();
    assert.equal(await page.getByRole('radio', { name: 'Dark' }).isChecked(), true);
  },
);

pageTest('a click outside the palette closes it and restores the focus', async ({ page }) => {
  await page.locator('#toggle-sidebar').focus();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill('no such command');
  await palette.getByText('Nothing found').waitFor();
  await page.mouse.click(5, 5);
  await palette.waitFor({ state: 'detached' });
  assert.equal(await focused(page), 'toggle-sidebar');
});

pageTest('Escape closes the palette before it stops the answer', async ({ page, gateway }) => {
  await sendMessage(page, 'Hello');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('Half');
  await page.getByText('Half').waitFor();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.waitFor();
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
  assert.equal(await page.locator('[data-status=streaming]').count(), 1);
  await page.keyboard.press('Escape');
  await page.locator('[data-status=stopped]').waitFor();
});

pageTest(
  'the setting “Only that it is complete” announces no text of an answer',
  async ({ page, gateway }) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'Only that it is complete' }).check();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Settings' }).click();
    const choice = page.getByRole('radio', { name: 'Only that it is complete' });
    assert.equal(await choice.isChecked(), true);
    await page.keyboard.press('Escape');

    const announcements = await recordAnnouncements(page);
    await sendMessage(page, 'Hello');
    await completeAnswer(page, gateway, 'Not announced');
    await announcements.waitFor('Answer complete, 2 words');
    assert.equal(await page.locator('#spoken').textContent(), '');
    assert.equal((await announcements.all()).includes('Not announced'), false);
  },
);

/** The first line of each option. @param {Locator} palette */
function optionTitles(palette) {
  return palette.getByRole('option').locator('> :first-child > :first-child').allTextContents();
}

/** @param {Page} page */
function focused(page) {
  return page.evaluate(() => document.activeElement?.id);
}

/** Holds what is read from the database back, until `release` is called. @param {Page} page */
function holdReading(page) {
  return page.evaluate(() => {
    const { getAll } = IDBObjectStore.prototype;
    const held = new Promise(resolve => Reflect.set(window, 'release', resolve));
    IDBObjectStore.prototype.getAll = function (...parameters) {
      const request = getAll.apply(this, parameters);
      const view = {
        get result() {
          return request.result;
        },
        /** @param {() => void} listener */
        set onsuccess(listener) {
          request.onsuccess = () => held.then(listener);
        },
      };
      return /** @type {any} */ (view);
    };
  });
}
