import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { browserNetwork, findLocalGateway } from './browser-network.js';

/** @type {string[]} */
let requests;
const navigator = { onLine: false };

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  requests = [];
  navigator.onLine = false;
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
});

for (const hostname of ['localhost', 'chat.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
  test(`a gateway on ${hostname} is online without a network`, async () => {
    host(hostname, () => Promise.resolve(new Response()));
    assert.equal(await findLocalGateway(() => assert.fail()), true);
    assert.deepEqual(requests, ['/health']);
    assert.equal(browserNetwork.isOnline(), true);
  });

for (const hostname of ['chat.example.com', 'localhost.example.com', '127.0.0.1.example.com'])
  test(`a gateway on ${hostname} is not asked`, async () => {
    host(hostname, () => Promise.resolve(new Response()));
    await findLocalGateway(() => assert.fail());
    mock.timers.tick(60_000);
    assert.deepEqual(requests, []);
  });

for (const [what, response] of /** @type {[string, () => Promise<Response>][]} */ ([
  ['does not run', () => Promise.reject(new TypeError('refused'))],
  ['is another server', () => Promise.resolve(new Response('', { status: 404 }))],
]))
  test(`a gateway on this computer that ${what} is asked again`, async () => {
    host('localhost', response);
    const askAgain = mock.fn();
    await findLocalGateway(askAgain);
    await findLocalGateway(askAgain);
    assert.equal(browserNetwork.isOnline(), false);
    mock.timers.tick(5000);
    assert.equal(askAgain.mock.callCount(), 1);
    navigator.onLine = true;
    await findLocalGateway(askAgain);
    mock.timers.tick(60_000);
    assert.equal(askAgain.mock.callCount(), 1);
  });

/**
 * @param {string} hostname  of the page
 * @param {() => Promise<Response>} respond
 */
function host(hostname, respond) {
  const request = (/** @type {string} */ path) => {
    requests.push(path);
    return respond();
  };
  Object.defineProperty(globalThis, 'location', { value: { hostname }, configurable: true });
  Object.defineProperty(globalThis, 'fetch', { value: request, configurable: true });
}
