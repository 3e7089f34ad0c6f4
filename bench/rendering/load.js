import { scriptedGateway } from '../../e2e/support/scripted-gateway.js';
import { section } from './answer.js';

/** @import { Browser, Page } from 'playwright-core' */

const MESSAGE_COUNT = 500;
const LAST = `m${MESSAGE_COUNT - 1}`;

/**
 * Loads the built page at the address of a stored conversation. The browser has cached no file.
 * @param {Browser} browser
 * @param {number} throttle
 * @returns {Promise<{ painted: number }>}  milliseconds from the navigation to the frame that shows its end
 */
export async function load(browser, throttle) {
  const gateway = await scriptedGateway();
  const page = await browser.newPage({ serviceWorkers: 'block' });
  const session = await page.context().newCDPSession(page);
  try {
    await page.goto(gateway.url);
    await page.evaluate(store, { messages: messages(), last: LAST });
    await page.goto('about:blank');
    await session.send('Network.clearBrowserCache');
    await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await page.addInitScript(timeEnd, LAST);
    await page.goto(`${gateway.url}/#long`);
    await page.waitForFunction(() => 'painted' in window);
    return { painted: await page.evaluate(() => Reflect.get(window, 'painted')) };
  } finally {
    await page.close();
    await gateway.close();
  }
}

function messages() {
  return Array.from({ length: MESSAGE_COUNT }, (_, index) => ({
    id: `m${index}`,
    conversation: 'long',
    parent: index > 0 ? `m${index - 1}` : null,
    role: index % 2 ? 'assistant' : 'user',
    text: index % 2 ? section(index) : `And the ${index}th river?`,
    status: 'complete',
    createdAt: index,
  }));
}

/**
 * Runs in the page. Writes the conversation to the database that the page has created.
 * @param {{ messages: { id: string }[], last: string }} conversation
 */
async function store({ messages, last: leaf }) {
  /** @type {IDBDatabase} */
  const db = await new Promise((resolve, reject) => {
    const request = indexedDB.open('minimal-chatbot');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const writing = db.transaction(['conversations', 'messages'], 'readwrite');
  const times = { createdAt: 0, updatedAt: 0 };
  writing
    .objectStore('conversations')
    .put({ id: 'long', title: 'Rivers', ...times, pinned: false, leaf });
  for (const message of messages) writing.objectStore('messages').put(message);
  await new Promise(resolve => {
    writing.oncomplete = resolve;
  });
  db.close();
}

/** Runs in the page, before its scripts. @param {string} last */
function timeEnd(last) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => Object.assign(window, { painted: performance.now() });
  requestAnimationFrame(look);

  function look() {
    if (document.getElementById(`turn-${last}`))
      port2.postMessage(null); // delivered after the frame
    else requestAnimationFrame(look);
  }
}
