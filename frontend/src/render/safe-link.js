import { withoutTracking } from '../conversation/tracking.js';

const safeProtocols = new Set(['http:', 'https:', 'mailto:']);

/**
 * The attributes of a link to an untrusted address. A relative or malformed address, or another
 * scheme, yields no attributes, so that only the text remains.
 * @param {string} address
 * @returns {Record<string, string>}
 */
export function safeLink(address) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !safeProtocols.has(url.protocol)) return {};
  return {
    href: withoutTracking(url.href),
    rel: 'noopener noreferrer nofollow',
    target: '_blank',
    'data-host': url.host || url.pathname,
  };
}
