import assert from 'node:assert/strict';
import { axeViolations } from '../support/axe-violations.js';
import { button, embedTest } from '../support/embed-test.js';
import { embeddingSite } from '../support/embedding-site.js';

/** @import { Page } from 'playwright-core' */

const panel = (/** @type {Page} */ page) => page.getByRole('dialog');
const chat = (/** @type {Page} */ page) => page.frameLocator('iframe');
const field = (/** @type {Page} */ page) => chat(page).getByRole('textbox', { name: 'Message' });

/** Opens the chat, and waits until both sides have spoken. @param {Page} page */
async function open(page) {
  await button(page).click();
  await chat(page).locator('[name=message]:focus').waitFor();
}

/**
 * Holds requests until the test calls the returned function.
 * @param {Page} page
 * @param {string} url
 */
async function hold(page, url) {
  /** @type {() => void} */
  let release = () => {};
  const released = new Promise(resolve => {
    release = () => resolve(undefined);
  });
  await page.route(url, route => released.then(() => route.continue()));
  return release;
}

/**
 * Reloads the frame as the Reload button of a notice does.
 * @param {Page} page
 * @param {string} origin  of the chat
 */
async function reloadFrame(page, origin) {
  const frame = page.frames().find(each => each.url().startsWith(origin));
  await frame?.evaluate(() => {
    document.documentElement.dataset.before = '';
    setTimeout(() => location.reload());
  });
  await chat(page).locator('html[data-ready]:not([data-before])').waitFor();
}

embedTest('nothing but the script is requested before the first click', async fixtures => {
  const { page, requests } = fixtures;
  await page.waitForLoadState('networkidle');
  assert.deepEqual(requests, ['/embed.js']);
  assert.equal(await button(page).getAttribute('aria-haspopup'), 'dialog');
  assert.equal(await button(page).getAttribute('aria-expanded'), 'false');
});

embedTest('a site that replaces its body keeps the open chat, and has it once', async fixtures => {
  const { page, gateway } = fixtures;
  await open(page);
  await field(page).fill('A draft');
  await page.evaluate(async origin => {
    document.documentElement.replaceChild(document.createElement('body'), document.body);
    await new Promise(resolve => {
      const script = document.createElement('script');
      Object.assign(script, { src: `${origin}/embed.js`, onload: resolve });
      document.body.append(script);
    });
  }, gateway.url);
  assert.equal(await page.locator('minimal-chatbot').count(), 1);
  assert.equal(await field(page).inputValue(), 'A draft');
  await field(page).press('Escape');
  await panel(page).waitFor({ state: 'hidden' });
});

embedTest('a click opens the chat, and Escape in it closes it', async ({ page }) => {
  await open(page);
  assert.equal(await button(page).getAttribute('aria-expanded'), 'true');
  assert.equal(await panel(page).isVisible(), true);
  assert.equal(await chat(page).locator('#sidebar').isVisible(), false);
  assert.equal(await chat(page).getByRole('button', { name: 'Conversations' }).count(), 0);
  const tab = chat(page).getByRole('link', { name: 'Open in its own tab' });
  assert.equal(await tab.getAttribute('target'), '_blank');

  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'hidden' });
  assert.equal(await button(page).getAttribute('aria-expanded'), 'false');
  await page.waitForFunction(() => document.activeElement?.localName === 'minimal-chatbot');

  await page.keyboard.press('Enter'); // the button has the focus
  await panel(page).waitFor();
  await chat(page).getByRole('button', { name: 'Close chat' }).click();
  await panel(page).waitFor({ state: 'hidden' });
});

embedTest(
  'a page that has reloaded itself is closed by its own button, or without it by the site',
  async ({ page, gateway }) => {
    await open(page);
    await field(page).fill('A question');
    await page.keyboard.press('Enter');
    (await gateway.nextExchange()).complete();
    await chat(page).locator('[data-status=complete]').waitFor();
    const releaseModule = await hold(page, '**/assets/embed-mode-*.js');
    await reloadFrame(page, gateway.url);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await panel(page).waitFor({ state: 'hidden' });
    releaseModule();
    await button(page).click();
    await chat(page).locator('html[data-theme=dark] [name=message]:focus').waitFor();
    assert.equal(await field(page).inputValue(), '');
    assert.equal(await page.getByRole('button', { name: 'Close', exact: true }).isVisible(), false);
    await chat(page).getByRole('button', { name: 'Close chat' }).click();
    await panel(page).waitFor({ state: 'hidden' });
  },
  { attributes: 'data-theme="dark" data-prefill="About my order"' },
);

embedTest('a host that wakes for a minute shows the chat', async ({ page, gateway }) => {
  await page.clock.install();
  await page.reload();
  const releaseDocument = await hold(page, `${gateway.url}/?embed=1`);
  await button(page).click();
  await page.clock.runFor(60_000);
  releaseDocument();
  await chat(page).locator('[name=message]:focus').waitFor();
  await page.clock.runFor(60_000);
  assert.equal(await field(page).isVisible(), true);
});

embedTest('Escape in the site closes the chat', async ({ page }) => {
  await open(page);
  await page.getByRole('link', { name: 'A link' }).focus();
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'hidden' });
});

embedTest('Escape stops an answer before it closes the chat', async ({ page, gateway }) => {
  await open(page);
  await field(page).fill('A question');
  await page.keyboard.press('Enter');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('An answer');
  await chat(page).getByText('An answer').waitFor();
  await page.keyboard.press('Escape');
  await chat(page).locator('[data-status=stopped]').waitFor();
  assert.equal(await panel(page).isVisible(), true);
});

embedTest('an answer that ends while the chat is closed is shown at the button', async fixtures => {
  const { page, gateway } = fixtures;
  await open(page);
  await field(page).fill('A question');
  await page.keyboard.press('Enter');
  const exchange = await gateway.nextExchange();
  exchange.sendDelta('An answer');
  await chat(page).getByText('An answer').waitFor();
  await chat(page).getByRole('button', { name: 'Close chat' }).click();
  await panel(page).waitFor({ state: 'hidden' });
  exchange.complete();
  await page.getByRole('button', { name: 'Open Chat (1)' }).click();
  await chat(page).locator('[data-status=complete]').getByText('An answer').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Open Chat (1)' }).count(), 0);
});

embedTest(
  'the text and the theme of the site arrive, and nothing is sent',
  async ({ page, gateway }) => {
    await open(page);
    await chat(page).locator('html[data-theme=dark]').waitFor();
    await chat(page).locator('[name=message]:not(:placeholder-shown)').waitFor();
    assert.equal(await field(page).inputValue(), 'About my order');
    assert.equal(gateway.exchanges.length, 0);

    await field(page).fill('My own words');
    await page.evaluate(() => Reflect.get(window, 'minimalChatbot').prefill('Others'));
    await page.evaluate(() => Reflect.get(window, 'minimalChatbot').theme('light'));
    await chat(page).locator('html[data-theme=light]').waitFor();
    assert.equal(await field(page).inputValue(), 'My own words');
  },
  { attributes: 'data-theme="dark" data-prefill="About my order"' },
);

embedTest('a message of the site leaves the focus where it is', async ({ page }) => {
  await open(page);
  await page.getByRole('link', { name: 'A link' }).focus();
  await page.evaluate(() => Reflect.get(window, 'minimalChatbot').theme('dark'));
  await page.evaluate(() => Reflect.get(window, 'minimalChatbot').prefill('A text'));
  await chat(page).locator('[name=message]:not(:placeholder-shown)').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'A link');
});

embedTest('messages of other windows are ignored', async ({ page, gateway }) => {
  await open(page);
  await page.evaluate(() => {
    const message = { product: 'minimal-chatbot', version: 1, type: 'close' };
    window.postMessage(message, '*');
  });
  const frame = page.frames().find(each => each.url().startsWith(gateway.url));
  await frame?.evaluate(() => {
    const message = { product: 'minimal-chatbot', version: 1, type: 'prefill', text: 'Forged' };
    window.postMessage(message, '*');
  });
  await page.evaluate(() => Reflect.get(window, 'minimalChatbot').theme('dark')); // a later message
  await chat(page).locator('html[data-theme=dark]').waitFor();
  assert.equal(await panel(page).isVisible(), true);
  assert.equal(await field(page).inputValue(), '');
});

embedTest(
  'a site that its configuration does not name gets no response',
  async ({ page, gateway }) => {
    const config = { gatewayUrl: '', gatewayToken: 'scripted-token' };
    const embedOrigins = ['https://another.example'];
    await page.route('**/config.json', route =>
      route.fulfill({ json: { ...config, embedOrigins } }),
    );
    await button(page).click();
    await chat(page).locator('html[data-ready]').waitFor();
    const frame = page.frames().find(each => each.url().startsWith(gateway.url));
    await frame?.evaluate(
      () =>
        new Promise(resolve => {
          let messages = 0;
          addEventListener('message', () => ++messages === 4 && resolve(undefined));
        }),
    );
    assert.equal(await chat(page).locator('html[data-theme=dark]').count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Close', exact: true }).isVisible(), true);
  },
  { attributes: 'data-theme="dark"', colorScheme: 'light' },
);

embedTest('a frame that has gone to another origin cannot close the chat', async fixtures => {
  const { page, gateway } = fixtures;
  await open(page);
  const other = await embeddingSite(gateway.url);
  try {
    const frame = page.frames().find(each => each.url().startsWith(gateway.url));
    await frame?.evaluate(
      url => void setTimeout(() => location.assign(url)),
      `${other.url}/?frame`,
    );
    await chat(page).getByRole('heading', { name: 'A shop' }).waitFor();
    const received = page.evaluate(
      () =>
        new Promise(resolve => {
          addEventListener('message', ({ data }) => data?.type === 'close' && resolve(undefined));
        }),
    );
    await frame?.evaluate(() =>
      parent.postMessage({ product: 'minimal-chatbot', version: 1, type: 'close' }, '*'),
    );
    await received;
    assert.equal(await panel(page).isVisible(), true);
  } finally {
    await other.close();
  }
});

embedTest(
  'a chat that cannot be loaded can be closed on a phone',
  async ({ page }) => {
    await button(page).click();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await panel(page).waitFor({ state: 'hidden' });
  },
  { allowed: false, viewport: { width: 390, height: 800 } },
);

embedTest(
  'the script works in the head of a site',
  async ({ page }) => {
    await open(page);
    assert.equal(await panel(page).isVisible(), true);
  },
  { inHead: true },
);

embedTest(
  'a site that is not allowed gets no chat',
  async ({ page }) => {
    await button(page).click();
    await page.waitForFunction(() => {
      const frame = document.querySelector('minimal-chatbot')?.shadowRoot?.querySelector('iframe');
      return frame?.contentDocument === null; // the browser's own page
    });
    assert.equal(await chat(page).locator('#composer').count(), 0);
  },
  { allowed: false },
);

embedTest(
  'a frame without an answer is removed, and requested again by the next click',
  async ({ page, requests }) => {
    await page.clock.install();
    await page.reload();
    const loaded = page.waitForEvent('framenavigated');
    await button(page).click();
    await loaded;
    await page.waitForFunction(() => {
      const frame = document.querySelector('minimal-chatbot')?.shadowRoot?.querySelector('iframe');
      return frame?.contentDocument === null;
    });
    await page.clock.runFor(60_000);
    await page.locator('iframe').waitFor({ state: 'detached' });
    assert.equal(requests.filter(path => path === '/').length, 1);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await button(page).click();
    await page.locator('iframe').waitFor();
  },
  { allowed: false },
);

embedTest(
  'the chat fills the screen of a phone',
  async ({ page }) => {
    await open(page);
    const box = await panel(page).boundingBox();
    assert.deepEqual(box, { x: 0, y: 0, width: 390, height: 800 });
    const { scrollWidth } = await chat(page)
      .locator('html')
      .evaluate(({ scrollWidth }) => ({ scrollWidth }));
    assert.equal(scrollWidth, 390);
    const close = await chat(page).getByRole('button', { name: 'Close chat' }).boundingBox();
    assert.ok(close && close.x + close.width <= 390);
  },
  { viewport: { width: 390, height: 800 } },
);

embedTest('a browser that refuses storage says so', async ({ page }) => {
  await page.addInitScript(() => {
    if (window !== top)
      IDBFactory.prototype.open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
  });
  await page.reload();
  await open(page);
  await field(page).fill('A question');
  await page.keyboard.press('Enter');
  await chat(page)
    .getByText(
      'This browser does not let us save conversations. They last until you close this page.',
    )
    .waitFor();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark']))
  embedTest(
    `the site with the open chat has no accessibility violations (${colorScheme})`,
    async ({ page }) => {
      assert.deepEqual(await axeViolations(page.mainFrame()), []);
      await open(page);
      for (const frame of page.frames()) assert.deepEqual(await axeViolations(frame), []);
    },
    { colorScheme },
  );
