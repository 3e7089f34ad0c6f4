const BYTES = 12; // 96 random bits

/** A random identifier. `crypto.randomUUID` is missing outside secure contexts. */
export function identifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
