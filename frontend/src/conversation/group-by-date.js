/** @import { Summary } from './conversation.js' */

/**
 * A month is named by its first day.
 * @typedef {'pinned' | 'today' | 'yesterday' | 'previous7' | 'previous30' | Date} Period
 * @typedef {{ period: Period, conversations: Summary[] }} Group
 */

/**
 * Groups conversations by the local date of the last update, newest first, after the pinned ones.
 * @param {Summary[]} list
 * @param {Date} now
 * @param {number} [limit]  of conversations
 * @returns {Group[]}
 */
export function groupByDate(list, now, limit) {
  const periodOf = periods(now);
  /** @type {Map<string | number, Group>} */
  const groups = new Map();
  for (const summary of list.toSorted(byRank).slice(0, limit)) {
    const period = summary.pinned ? 'pinned' : periodOf(summary.updatedAt);
    const key = period instanceof Date ? period.getTime() : period;
    const group = groups.get(key);
    if (group) group.conversations.push(summary);
    else groups.set(key, { period, conversations: [summary] });
  }
  return [...groups.values()];
}

/**
 * The clock of another device may be ahead, so that what is later than now counts as today.
 * @param {Date} now
 * @returns {(time: number) => Period}
 */
function periods(now) {
  const start = (/** @type {number} */ daysAgo) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo).getTime();
  const [today, yesterday, previous7, previous30] = [0, 1, 7, 30].map(start);
  return time => {
    if (time >= today) return 'today';
    if (time >= yesterday) return 'yesterday';
    if (time >= previous7) return 'previous7';
    if (time >= previous30) return 'previous30';
    const date = new Date(time);
    return new Date(date.getFullYear(), date.getMonth());
  };
}

/**
 * @param {Summary} one
 * @param {Summary} other
 */
function byRank(one, other) {
  return Number(other.pinned) - Number(one.pinned) || other.updatedAt - one.updatedAt;
}
