import { createHash } from 'node:crypto';

/**
 * The Content-Security-Policy of the built page, without `frame-ancestors`, which works only in a
 * header. The gateway serves the same policy. Inline scripts and styles are allowed by their hashes.
 * @param {string} html
 * @param {string[]} gateways  further origins for `connect-src`
 */
export function contentSecurityPolicy(html, gateways = []) {
  const scripts = hashes(html, /<script>(.*?)<\/script>/gs);
  const styles = hashes(html, /<style>(.*?)<\/style>/gs);
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...scripts].join(' ')}`,
    `style-src ${["'self'", ...styles].join(' ')}`,
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

/**
 * @param {string} html
 * @param {RegExp} elements  with the text as the first group
 */
function hashes(html, elements) {
  return [...html.matchAll(elements)].map(([, text]) => sha256(text));
}

/** @param {string} text */
function sha256(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
