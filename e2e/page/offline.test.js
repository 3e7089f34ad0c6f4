import assert from 'node:assert/strict';
import { serveSettings } from '../support/brands.js';
import { completeAnswer, pageTest, sendMessage } from '../support/chat-page.js';

/** @import { Page } from 'playwright-core' */

const WITH_SERVICE_WORKER = /** @type {const} */ ({ serviceWorkers: 'allow' });

pageTest(
  'the page starts offline and shows the stored conversations',
  async ({ page, gateway }) => {
    await serviceWorkerActivated(page);
    await sendMessage(page, 'Which rivers are long?');
    await completeAnswer(page, gateway, 'The Nile');
    await gateway.close();
    await page.context().setOffline(true);
    await page.reload();
    await page.locator('[data-status=complete]').getByText('The Nile').waitFor();
    await page.getByText('You are offline.').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Which rivers are long?' }).waitFor();
  },
  WITH_SERVICE_WORKER,
);

for (const [whose, PAGE_LANGUAGE, locale] of [
  ['operator', 'ar', 'de-DE'],
  ['browser', 'auto', 'ar-EG'],
])
  pageTest(
    `the page starts offline in the language of the ${whose}`,
    async ({ page, gateway }) => {
      await serviceWorkerActivated(page);
      await removeServiceWorker(page);
      serveSettings(gateway, { PAGE_LANGUAGE });
      await page.goto('/');
      await serviceWorkerActivated(page);
      assert.deepEqual(await cachedLanguages(page), ['ar']);
      await emptyHttpCache(page);
      await gateway.close();
      await page.context().setOffline(true);
      await page.reload();
      await page.getByText('كيف يمكنني مساعدتك؟').waitFor();
      await page.getByText('أنت غير متصل بالإنترنت.').waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('option', { name: 'محادثة جديدة' }).waitFor();
    },
    { ...WITH_SERVICE_WORKER, locale },
  );

pageTest(
  'the service worker of an English page caches no language',
  async ({ page }) => {
    await serviceWorkerActivated(page);
    assert.deepEqual(await cachedLanguages(page), []);
  },
  WITH_SERVICE_WORKER,
);

pageTest(
  'the service worker caches only the files of the page',
  async ({ page, gateway }) => {
    await serviceWorkerActivated(page);
    await page.reload();
    await sendMessage(page, 'Which rivers are long?');
    await completeAnswer(page, gateway, 'The Nile');
    const paths = await page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async name => (await caches.open(name)).keys()));
      return all.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(paths.includes('/'));
    const others = paths.filter(path => !/^\/(assets\/[\w-]+\.(js|css)|[a-z]+\.\w+)?$/.test(path));
    assert.deepEqual(others, []);
    assert.equal(paths.includes('/config.json'), false);
    assert.deepEqual(
      paths.filter(path => /highlight-worker|grammar/.test(path)),
      [],
    );
  },
  WITH_SERVICE_WORKER,
);

for (const status of [500, 502, 503])
  pageTest(
    `a reload shows the page and its conversations while a proxy responds with ${status}`,
    async ({ page, gateway }) => {
      await serviceWorkerActivated(page);
      await sendMessage(page, 'Which rivers are long?');
      await completeAnswer(page, gateway, 'The Nile');
      gateway.setProxyStatus(status);
      await page.reload();
      await page.locator('[data-status=complete]').getByText('The Nile').waitFor();
      gateway.setProxyStatus(0);
      await sendMessage(page, 'And wide?');
      await completeAnswer(page, gateway, 'The Amazon');
    },
    WITH_SERVICE_WORKER,
  );

pageTest(
  'a reload shows the page and its conversations while the network is stalled',
  async ({ page, gateway }) => {
    await serviceWorkerActivated(page);
    await sendMessage(page, 'Which rivers are long?');
    await completeAnswer(page, gateway, 'The Nile');
    gateway.setStalled(true);
    await page.reload({ waitUntil: 'commit' });
    await page.locator('[data-status=complete]').getByText('The Nile').waitFor();
  },
  WITH_SERVICE_WORKER,
);

pageTest(
  'a reload shows what a proxy says to a user who may not see the page',
  async ({ page, gateway }) => {
    await serviceWorkerActivated(page);
    gateway.setProxyStatus(403);
    await page.reload();
    await page.getByText('{"proxy":403}').waitFor();
  },
  WITH_SERVICE_WORKER,
);

pageTest(
  'a new version loads at once, and its activation deletes the old cache',
  async ({ page, gateway }) => {
    await serviceWorkerActivated(page);
    const [before] = await cacheNames(page);
    const worker = await text(page, '/sw.js');
    gateway.replaceFile(
      '/',
      (await text(page, '/')).replace('What can I help with?', 'Next version'),
    );
    gateway.replaceFile('/sw.js', worker.replace(before, 'minimal-chatbot-next'));
    await page.reload();
    await page.getByText('Next version').waitFor();
    await updateWaiting(page);
    assert.equal((await cacheNames(page)).length, 2);

    await page.goto('about:blank');
    await page.goto('/');
    await serviceWorkerActivated(page);
    assert.deepEqual(await cacheNames(page), ['minimal-chatbot-next']);
  },
  WITH_SERVICE_WORKER,
);

pageTest(
  'a page of the first visit gets its modules from the cache after a deploy',
  async ({ page, gateway }) => {
    await serviceWorkerActivated(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller);
    await page.route('**/assets/**', route => route.fulfill({ status: 404 }));

    await sendMessage(page, 'Which rivers are long?');
    await completeAnswer(page, gateway, 'The Nile');
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Which rivers are long?' }).waitFor();
  },
  WITH_SERVICE_WORKER,
);

pageTest('the manifest is valid and its icons load', async ({ page }) => {
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

/** Waits until the page can start without the network. @param {Page} page */
async function serviceWorkerActivated(page) {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active?.state !== 'activated') await new Promise(requestAnimationFrame);
  });
}

/** @param {Page} page */
function cacheNames(page) {
  return page.evaluate(() => caches.keys());
}

/**
 * Makes the browser check for a new service worker, and waits until it is installed.
 * @param {Page} page
 */
function updateWaiting(page) {
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

/** The languages whose texts the service worker has cached. @param {Page} page */
function cachedLanguages(page) {
  return page.evaluate(async () => {
    const [name] = await caches.keys();
    const requests = await (await caches.open(name)).keys();
    return requests.flatMap(({ url }) => /\/([a-z]{2})-[0-9a-f]{8}\.js$/.exec(url)?.[1] ?? []);
  });
}

/** Of the page without settings. @param {Page} page */
async function removeServiceWorker(page) {
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).unregister();
    await Promise.all((await caches.keys()).map(name => caches.delete(name)));
  });
  await page.goto('about:blank');
}

/** So that only the service worker has the files. @param {Page} page */
async function emptyHttpCache(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.clearBrowserCache');
  await session.detach();
}
