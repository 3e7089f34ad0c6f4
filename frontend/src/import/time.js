const MAX_SECONDS = 1e11; // year 5138
const MAX_MILLISECONDS = 1e14;

/**
 * Epoch milliseconds of a time in seconds, milliseconds, microseconds, or as text.
 * @param {unknown} value
 * @returns {number | undefined}
 */
export function toEpochMs(value) {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof value === 'string' && Number.isNaN(number)) return within(Date.parse(value));
  if (typeof number !== 'number') return undefined;
  if (number < MAX_SECONDS) return within(number * 1000);
  return within(number < MAX_MILLISECONDS ? number : number / 1000);
}

/** @param {number} time */
function within(time) {
  return time > 0 && time <= Date.now() ? Math.round(time) : undefined;
}
