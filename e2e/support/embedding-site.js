import { createServer } from 'node:http';

/** @import { AddressInfo } from 'node:net' */

/**
 * A site of another origin that includes embed.js. Its policy allows nothing else but frames of sites
 * like it: no style, and no script of its own but those of the test.
 * @param {string} chat  the origin of the page
 * @param {{ attributes?: string, language?: string, inHead?: boolean }} [options]  of the script element, and the
 *   language of the site
 */
export async function embeddingSite(
  chat,
  { attributes = '', language = 'en', inHead = false } = {},
) {
  const frames = `${chat} http://localhost:*`;
  const policy = `default-src 'none'; script-src ${chat}; frame-src ${frames}; base-uri 'none'`;
  const script = `<script async src="${chat}/embed.js" ${attributes}></script>`;
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', policy);
    const isFrame = request.url?.includes('?frame');
    response.end(`<!doctype html><html lang="${language}"><head><title>A shop</title>${inHead ? script : ''}
      <meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main>
      <h1>A shop</h1><a href="#x">A link</a></main>${inHead || isFrame ? '' : script}</body></html>`);
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
