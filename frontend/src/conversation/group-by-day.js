/** @import { Summary } from './conversation.js' */

/**
 * @template {Summary} T
 * @typedef {{ day: Date | 'pinned', conversations: T[] }} Day
 */

/**
 * Groups conversations by the local day of the last update, newest first, after the pinned ones.
 * @template {Summary} T
 * @param {Iterable<T>} list
 * @param {number} [limit]  of conversations
 * @returns {Day<T>[]}
 */
export function groupByDay(list, limit) {
  /** @type {Map<number, Day<T>>} */
  const groups = new Map();
  for (const summary of [...list].sort(byRank).slice(0, limit)) {
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
function byRank(one, other) {
  return Number(other.pinned) - Number(one.pinned) || other.updatedAt - one.updatedAt;
}

/** @param {number} time */
function startOfDay(time) {
  return new Date(time).setHours(0, 0, 0, 0);
}
