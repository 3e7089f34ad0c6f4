import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentSecurityPolicy } from '../../frontend/vite/policy.js';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */

const folder = fileURLToPath(new URL('../../frontend/dist/', import.meta.url));
const types = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
});

/**
 * Serves what `npm run build` made, under the policy it is served with in production.
 * @param {Map<string, string>} [newer]  what is served instead, by its path
 */
export function builtPage(newer = new Map()) {
  if (!existsSync(folder)) throw new Error('the page is not built: npm run build');
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const policy = `${contentSecurityPolicy(html)}; frame-ancestors 'none'`;
  return answer;

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  function answer(request, response) {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    if (pathname === '/config.json')
      return json({ gatewayUrl: '', gatewayToken: 'scripted-token' });
    if (pathname === '/health') return json({ status: 'ok' });
    const file = join(folder, normalize(pathname === '/' ? '/index.html' : pathname));
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    response.setHeader('Content-Security-Policy', policy);
    response.end(newer.get(pathname) ?? readFileSync(file));

    /** @param {object} value */
    function json(value) {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(value));
    }
  }
}
