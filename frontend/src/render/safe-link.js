const safe = new Set(['http:', 'https:', 'mailto:']);

/**
 * The attributes of a link to an address that a model wrote. An address that is relative, malformed
 * or of another scheme gets none: its words remain, its link does not.
 * @param {string} address
 * @returns {Record<string, string>}
 */
export function safeLink(address) {
  const url = absolute(address);
  if (!url || !safe.has(url.protocol)) return {};
  return {
    href: url.href,
    rel: 'noopener noreferrer nofollow',
    target: '_blank',
    'data-host': url.host || url.pathname,
  };
}

/** @param {string} address */
function absolute(address) {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
