/** @import { Summary } from './conversation.js' */

/**
 * @template {Summary} T
 * @typedef {{ day: Date | 'pinned', conversations: T[] }} Day
 */

/**
 * Groups a list for show: the pinned first, then by the local day of the last change, newest first.
 * @template {Summary} T
 * @param {Iterable<T>} list
 * @param {number} [most]  how many, the first ones
 * @returns {Day<T>[]}
 */
export function groupByDay(list, most) {
  /** @type {Map<number, Day<T>>} */
  const groups = new Map();
  for (const summary of [...list].sort(byPlace).slice(0, most)) {
    const start = summary.pinned ? Number.POSITIVE_INFINITY : startOfDay(summary.updatedAt);
    const group = groups.get(start);
    if (group) group.conversations.push(summary);
    else {
      const day = summary.pinned ? 'pinned' : new Date(start);
      groups.set(start, { day, conversations: [summary] });
    }
  }
  return [...groups.values()];
}

/**
 * @param {Summary} one
 * @param {Summary} other
 */
function byPlace(one, other) {
  return Number(other.pinned) - Number(one.pinned) || other.updatedAt - one.updatedAt;
}

/** @param {number} time */
function startOfDay(time) {
  return new Date(time).setHours(0, 0, 0, 0);
}
