/** Random, 96 bits. Not randomUUID, which a page without HTTPS does not have. */
export function identifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
