import assert from 'node:assert/strict';
import { attacks } from '../../frontend/src/render/attacks.fixture.js';
import { ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest('nothing that an answer holds is run, loaded or obeyed', async ({ page, gateway }) => {
  const dialogs = overheardDialogs(page);
  await ask(page, 'Go on');
  const question = await gateway.asked();
  for (const attack of attacks) {
    for (let at = 0; at < attack.length; at += 7) question.say(attack.slice(at, at + 7));
    question.say('\n\n');
  }
  question.complete();
  await page.locator('[data-status=complete]').waitFor();
  assert.deepEqual(await harmful(page), []);
  assert.deepEqual(dialogs, []);
});

pageTest('nor what the reader writes, also as a title', async ({ page, gateway }) => {
  const dialogs = overheardDialogs(page);
  for (const attack of attacks.slice(0, 5)) {
    await page.keyboard.press('Control+Shift+O');
    await page.getByText('What can I help with?').waitFor();
    await ask(page, attack);
    (await gateway.asked()).complete();
    await page.locator('[data-status=complete]').waitFor();
    assert.equal(await page.locator('[data-role=user] .turn-text').textContent(), attack);
    assert.deepEqual(await harmful(page), []);
  }
  assert.deepEqual(dialogs, []);
});

/** @param {Page} page */
function overheardDialogs(page) {
  /** @type {string[]} */
  const dialogs = [];
  page.on('dialog', dialog => {
    dialogs.push(dialog.message());
    dialog.dismiss();
  });
  return dialogs;
}

/** What is on the page that a model or a reader could only have put there as HTML. @param {Page} page */
function harmful(page) {
  return page.evaluate(() => {
    const written = '.turn-text *, #title *, .sidebar-list .row *';
    const active = 'img, svg, math, script, style, iframe, object, embed, form, video, audio, base';
    const elements = [...document.querySelectorAll(written)].filter(element => {
      const href = element.getAttribute('href');
      return (
        element.matches(active) ||
        element.getAttributeNames().some(name => /^on|^src|^style$/.test(name)) ||
        (href !== null && !/^(https?|mailto):/.test(href))
      );
    });
    return elements.map(({ outerHTML }) => outerHTML);
  });
}
