import { createServer } from 'node:http';

/** @import { AddressInfo } from 'node:net' */

/**
 * A site of another origin that includes embed.js. Its policy allows nothing else: no style, and no
 * script of its own but those of the test.
 * @param {string} chat  the origin of the page
 * @param {string} [attributes]  of the script element
 */
export async function embeddingSite(chat, attributes = '') {
  const policy = `default-src 'none'; script-src ${chat}; frame-src ${chat}; base-uri 'none'`;
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', policy);
    response.end(`<!doctype html><html lang="en"><title>A shop</title><meta name="viewport"
      content="width=device-width, initial-scale=1"><main><h1>A shop</h1><a href="#x">A link</a></main>
      <script async src="${chat}/embed.js" ${attributes}></script></html>`);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {AddressInfo} */ (server.address());
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
