import { onDemandStrings } from '../strings/on-demand.js';

const DAY_MS = 86_400_000;

/**
 * A short date: of today the time, then yesterday, then the day.
 * @param {number} time  epoch milliseconds
 */
export function dateLabel(time, now = new Date()) {
  const date = new Date(time);
  const language = document.documentElement.lang;
  const midnight = (/** @type {Date} */ of) => new Date(of).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(now) - midnight(date)) / DAY_MS);
  if (days < 1) return date.toLocaleTimeString(language, { hour: 'numeric', minute: '2-digit' });
  if (days === 1) return onDemandStrings.palette.yesterday;
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return date.toLocaleDateString(language, { day: 'numeric', month: 'short', year });
}
