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
 * A request handler that serves the output of `npm run build` with the production Content Security
 * Policy.
 * @param {Map<string, string>} [replacements]  texts by path, served instead of the built files
 * @param {string[]} [embedOrigins]  of sites that may show the page; more can be added later
 */
export function builtPage(replacements = new Map(), embedOrigins = []) {
  if (!existsSync(folder)) throw new Error('the page is not built: npm run build');
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  return handle;

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  function handle(request, response) {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    if (pathname === '/config.json')
      return sendJson({ gatewayUrl: '', gatewayToken: 'scripted-token', embedOrigins });
    if (pathname === '/health') return sendJson({ status: 'ok' });
    const file = join(folder, normalize(pathname === '/' ? '/index.html' : pathname));
    const replacement = replacements.get(pathname);
    if (replacement === undefined && !existsSync(file)) return response.writeHead(404).end();
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    response.setHeader('Vary', 'Origin, Accept-Encoding'); // as the gateway
    const policy = contentSecurityPolicy(replacements.get('/') ?? html);
    const ancestors = embedOrigins.join(' ') || "'none'";
    response.setHeader('Content-Security-Policy', `${policy}; frame-ancestors ${ancestors}`);
    response.end(replacement ?? readFileSync(file));

    /** @param {object} value */
    function sendJson(value) {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(value));
    }
  }
}
