const SEEDS = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f];

/**
 * An identifier that depends only on these texts, so that a second import finds what the first one
 * has stored. A 128-bit hash (four times MurmurHash3's mixing), not a cryptographic one.
 * @param {string[]} parts
 */
export function stableId(...parts) {
  const text = JSON.stringify(parts);
  return SEEDS.map(seed => hash(text, seed).toString(16).padStart(8, '0')).join('');
}

/**
 * @param {string} text
 * @param {number} seed
 */
function hash(text, seed) {
  let value = seed;
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0xcc9e2d51);
    value = Math.imul((value << 13) | (value >>> 19), 5) + 0xe6546b64;
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
