/** @import { Summary } from './conversation.js' */

/** @typedef {{ day: Date | 'pinned', conversations: Summary[] }} Day */

/**
 * Groups conversations by the local day of the last update, newest first, after the pinned ones.
 * @param {Summary[]} list
 * @param {number} [limit]  of conversations
 * @returns {Day[]}
 */
export function groupByDay(list, limit) {
  /** @type {Map<number, Day>} */
  const groups = new Map();
  for (const summary of list.toSorted(byRank).slice(0, limit)) {
    const start = summary.pinned
      ? Number.POSITIVE_INFINITY
      : new Date(summary.updatedAt).setHours(0, 0, 0, 0);
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
