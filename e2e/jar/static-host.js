import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @import { AddressInfo } from 'node:net' */
/** @typedef {{ source: string, headers: { key: string, value: string }[] }} Rule */

const top = fileURLToPath(new URL('../../', import.meta.url));
const types = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
});

/**
 * Builds the static page for a gateway into a new folder, as Vercel does.
 * @param {string} gatewayUrl
 * @param {string} gatewayToken
 * @param {Record<string, string>} [variables]  of the build
 */
export function staticPage(gatewayUrl, gatewayToken, variables) {
  const folder = mkdtempSync(join(tmpdir(), 'static-page-'));
  const vite = join(top, 'node_modules/vite/bin/vite.js');
  const { status, stderr } = spawnSync(
    process.execPath,
    [vite, 'build', 'frontend', '--outDir', folder],
    {
      cwd: top,
      env: { ...process.env, GATEWAY_URL: gatewayUrl, GATEWAY_TOKEN: gatewayToken, ...variables },
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`the build of the static page failed:\n${stderr}`);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/**
 * Serves a folder as Vercel does, with the headers of vercel.json.
 * @param {() => string} folder
 */
export async function staticHost(folder) {
  /** @type {Rule[]} */
  const rules = JSON.parse(readFileSync(join(top, 'vercel.json'), 'utf8')).headers;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const file = join(folder(), pathname === '/' ? 'index.html' : pathname);
    for (const { source, headers } of rules)
      if (new RegExp(`^${source}$`).test(pathname))
        for (const { key, value } of headers) response.setHeader(key, value);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    response.end(readFileSync(file));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  return { origin: `http://127.0.0.1:${port}`, close };

  async function close() {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}
