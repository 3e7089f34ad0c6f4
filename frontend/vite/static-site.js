import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentSecurityPolicy } from './policy.js';

/** @typedef {{ gatewayUrl: string, gatewayToken: string }} GatewayConfig  what config.json says */

const charset = '<meta charset="utf-8" />'; // first of all, and then the policy
const ownMachine = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The gateway of a page that a static host serves. Undefined where the gateway serves the page
 * itself: nobody names a gateway, and the host is not Vercel.
 * @param {Record<string, string | undefined>} environment
 * @returns {GatewayConfig | undefined}
 * @throws {Error} with one line for the person who builds
 */
export function gatewayOf({ VERCEL, GATEWAY_URL, GATEWAY_TOKEN }) {
  if (!GATEWAY_URL && !VERCEL) return;
  if (!GATEWAY_URL)
    throw new Error('GATEWAY_URL is missing: the origin of the gateway, https://api.example.com');
  if (!GATEWAY_TOKEN) throw new Error('GATEWAY_TOKEN is missing: the token the gateway expects');
  return { gatewayUrl: origin(GATEWAY_URL), gatewayToken: GATEWAY_TOKEN };
}

/**
 * Tells the page where its gateway is, and lets it connect there and nowhere else. One value makes
 * both, so that they agree.
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
        return html.replace(charset, `${charset}\n    ${meta}`);
      },
    },
    // Not into the bundle: the service worker keeps what is in there, and this is never kept.
    writeBundle({ dir = '' }) {
      writeFileSync(join(dir, 'config.json'), JSON.stringify(config));
    },
  };
}

/** @param {string} address */
function origin(address) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const safe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && ownMachine.includes(url.hostname));
  if (url && safe && url.href === `${url.origin}/`) return url.origin;
  throw new Error(`GATEWAY_URL is no origin such as https://api.example.com: ${address}`);
}
