import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentSecurityPolicy } from './policy.js';

/**
 * The content of config.json.
 * @typedef {{ gatewayUrl: string, gatewayToken: string, embedOrigins?: string[] }} GatewayConfig
 */

const hostSettings = new URL('../../vercel.json', import.meta.url);

const CHARSET = '<meta charset="utf-8" />'; // stays first; the policy follows
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The gateway of a page on a static host. Undefined if the gateway serves the page itself: there is
 * no GATEWAY_URL, and the host is not Vercel.
 * @param {Record<string, string | undefined>} environment
 * @returns {GatewayConfig | undefined}
 * @throws {Error} with a one-line message
 */
export function gatewayConfig({ VERCEL, GATEWAY_URL, GATEWAY_TOKEN, EMBED_ORIGINS }) {
  if (!GATEWAY_URL && !VERCEL) return;
  if (!GATEWAY_URL)
    throw new Error('GATEWAY_URL is missing: the origin of the gateway, https://api.example.com');
  if (!GATEWAY_TOKEN) throw new Error('GATEWAY_TOKEN is missing: the token the gateway expects');
  const embedOrigins = (EMBED_ORIGINS ?? '').split(',').map(text => text.trim());
  const sites = embedOrigins.filter(text => text !== '').map(site);
  if (VERCEL) checkFrames(sites);
  return {
    gatewayUrl: origin(GATEWAY_URL),
    gatewayToken: GATEWAY_TOKEN,
    ...(sites.length > 0 && { embedOrigins: sites }),
  };
}

/** @param {string} text */
function site(text) {
  if (URL.canParse(text) && new URL(text).origin === text) return text;
  throw new Error('EMBED_ORIGINS is not a list of origins, such as https://www.example.com');
}

/**
 * `frame-ancestors` works only in a header, which the host reads from its own file.
 * @param {string[]} sites  that may frame the page
 */
function checkFrames(sites) {
  const expected = `frame-ancestors ${sites.length > 0 ? sites.join(' ') : "'none'"}`;
  const text = readFileSync(hostSettings, 'utf8');
  if (!text.includes(`"${expected}"`))
    throw new Error(`EMBED_ORIGINS differs from vercel.json, which needs the value "${expected}"`);
}

/**
 * Writes config.json and the Content-Security-Policy from the same configuration.
 * @param {GatewayConfig} config
 * @returns {import('vite').Plugin}
 */
export function staticSite(config) {
  return {
    name: 'static-site',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const policy = contentSecurityPolicy(html, [config.gatewayUrl]);
        const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
        return html.replace(CHARSET, `${CHARSET}\n    ${meta}`);
      },
    },
    // Not emitted into the bundle, because the service worker caches the bundle.
    writeBundle({ dir = '' }) {
      writeFileSync(join(dir, 'config.json'), JSON.stringify(config));
    },
  };
}

/** @param {string} address */
function origin(address) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const safe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname));
  if (url && safe && url.href === `${url.origin}/`) return url.origin;
  throw new Error(`GATEWAY_URL is no origin such as https://api.example.com: ${address}`);
}
