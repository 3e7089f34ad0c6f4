import assert from 'node:assert/strict';
import { attacks } from '../../frontend/src/render/attacks.fixture.js';
import { pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

pageTest('an answer cannot inject active content', async ({ page, gateway }) => {
  const dialogs = recordDialogs(page);
  await sendMessage(page, 'Go on');
  const exchange = await gateway.nextExchange();
  for (const attack of attacks) {
    for (let start = 0; start < attack.length; start += 7)
      exchange.sendDelta(attack.slice(start, start + 7));
    exchange.sendDelta('\n\n');
  }
  exchange.complete();
  await page.locator('[data-status=complete]').waitFor();
  assert.deepEqual(await activeContent(page), []);
  assert.deepEqual(dialogs, []);
});

pageTest('a message and its title cannot inject active content', async ({ page, gateway }) => {
  const dialogs = recordDialogs(page);
  for (const attack of attacks.slice(0, 5)) {
    await page.keyboard.press('Control+Shift+O');
    await page.getByText('What can I help with?').waitFor();
    await sendMessage(page, attack);
    (await gateway.nextExchange()).complete();
    await page.locator('[data-status=complete]').waitFor();
    assert.equal(await page.locator('[data-role=user] .turn-text').textContent(), attack);
    assert.deepEqual(await activeContent(page), []);
  }
  assert.deepEqual(dialogs, []);
});

/** @param {Page} page */
function recordDialogs(page) {
  /** @type {string[]} */
  const dialogs = [];
  page.on('dialog', dialog => {
    dialogs.push(dialog.message());
    dialog.dismiss();
  });
  return dialogs;
}

/** The elements that only HTML from a model or a reader could have created. @param {Page} page */
function activeContent(page) {
  return page.evaluate(() => {
    const generated = '.turn-text *, #title *, #conversation-list a *';
    const active =
      'img, svg, maction, annotation-xml, script, style, iframe, object, embed, form, video, audio, base';
    const maths = 'http://www.w3.org/1998/Math/MathML';
    const elements = [...document.querySelectorAll(generated)].filter(element => {
      const href = element.getAttribute('href');
      return (
        element.matches(active) ||
        // A formula has nothing but MathML, and no links (frontend/src/render/mathml.js).
        (element.closest('math') && (element.namespaceURI !== maths || href !== null)) ||
        element.getAttributeNames().some(name => /^on|^src|^style$/.test(name)) ||
        (href !== null && !/^(https?|mailto):/.test(href))
      );
    });
    return elements.map(({ outerHTML }) => outerHTML);
  });
}
