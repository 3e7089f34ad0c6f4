import assert from 'node:assert/strict';
import { answered, ask, pageTest } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const installed = /** @type {const} */ ({ serviceWorkers: 'allow' });

pageTest(
  'without a network the page starts, and shows what it keeps',
  async ({ page, gateway }) => {
    await ready(page);
    await ask(page, 'Which rivers are long?');
    await answered(page, gateway, 'The Nile');
    await gateway.close();
    await page.context().setOffline(true);
    await page.reload();
    await page.locator('[data-status=complete]').getByText('The Nile').waitFor();
    await page.getByText('You are offline.').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Which rivers are long?' }).waitFor();
  },
  installed,
);

pageTest(
  'of all that is asked for only the page itself is kept',
  async ({ page, gateway }) => {
    await ready(page);
    await page.reload();
    await ask(page, 'Which rivers are long?');
    await answered(page, gateway, 'The Nile');
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async name => (await caches.open(name)).keys()));
      return all.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.includes('/'));
    const others = kept.filter(path => !/^\/(assets\/[\w-]+\.(js|css)|[a-z]+\.\w+)?$/.test(path));
    assert.deepEqual(others, []);
    assert.equal(kept.includes('/config.json'), false);
    assert.deepEqual(
      kept.filter(path => /highlight|java/.test(path)),
      [],
    );
  },
  installed,
);

pageTest(
  'a new version is shown at once, and the old one kept as long as it is open',
  async ({ page, gateway }) => {
    await ready(page);
    const [before] = await versions(page);
    const worker = await text(page, '/sw.js');
    gateway.publish('/', (await text(page, '/')).replace('What can I help with?', 'Next version'));
    gateway.publish('/sw.js', worker.replace(before, 'minimal-chatbot-next'));
    await page.reload();
    await page.getByText('Next version').waitFor();
    await waiting(page);
    assert.equal((await versions(page)).length, 2);

    await page.goto('about:blank');
    await page.goto('/');
    await ready(page);
    assert.deepEqual(await versions(page), ['minimal-chatbot-next']);
  },
  installed,
);

pageTest(
  'a page of the first visit gets its modules from the cache after a deploy',
  async ({ page, gateway }) => {
    await ready(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller);
    await page.route('**/assets/**', route => route.fulfill({ status: 404 }));

    await ask(page, 'Which rivers are long?');
    await answered(page, gateway, 'The Nile');
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Which rivers are long?' }).waitFor();
  },
  installed,
);

pageTest('the manifest is one, and its icons are there', async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  const { icons } = JSON.parse(data ?? '');
  for (const { src, type, sizes } of icons) {
    const response = await page.request.get(src);
    assert.equal(response.headers()['content-type'], type);
    if (sizes === 'any') continue;
    const image = await response.body();
    assert.equal(`${image.readUInt32BE(16)}x${image.readUInt32BE(20)}`, sizes);
  }
});

/** Waits until the page can start by itself. @param {Page} page */
async function ready(page) {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active?.state !== 'activated') await new Promise(requestAnimationFrame);
  });
}

/** @param {Page} page */
function versions(page) {
  return page.evaluate(() => caches.keys());
}

/**
 * Has the browser look for a newer version, as it does every now and then, and waits until that is
 * there for when the page is left.
 * @param {Page} page
 */
function waiting(page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (!registration.waiting) await new Promise(requestAnimationFrame);
  });
}

/**
 * @param {Page} page
 * @param {string} path
 */
async function text(page, path) {
  return (await page.request.get(path)).text();
}
