import { createHash } from 'node:crypto';

/**
 * The content security policy of the built page, as the gateway serves it too, but for
 * `frame-ancestors`, which only a header may carry. The one inline script is known by its hash.
 * @param {string} html
 * @param {string[]} gateways  the origins it may connect to besides its own
 */
export function contentSecurityPolicy(html, gateways = []) {
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => sha256(text));
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...scripts].join(' ')}`,
    "style-src 'self'",
    `connect-src ${["'self'", ...gateways].join(' ')}`,
    "img-src 'self' data: blob:",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types app',
  ].join('; ');
}

/** @param {string} text */
function sha256(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
