import { element } from '../element.js';
import { activityStrings as words } from '../strings/activity.js';

/** @import { Activity } from '../conversation/activity.js' */
/** @import { Message } from '../conversation/conversation.js' */
/** @import { Search } from '../conversation/sources.js' */

/** The search that runs, unless the model thinks. @param {Activity} [activity] */
export function current(activity) {
  return activity?.current === undefined ? undefined : activity.searches?.[activity.current];
}

/** The time since the answer was requested, or continued. @param {Message} message */
export function elapsed({ createdAt, resumed }) {
  return duration(Date.now() - (resumed?.at ?? createdAt));
}

/** @param {number} ms */
function duration(ms) {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 60
    ? words.seconds(seconds)
    : words.minutes(Math.floor(seconds / 60), seconds % 60);
}

/** What the model does now. @param {Activity} activity @returns {(Node | string)[]} */
export function doing(activity) {
  const search = current(activity);
  if (!search) return [words.thinking];
  const { type, query, url } = search;
  if (type === 'file') return [words.searchingDocuments];
  if (url) return [words.reading, isolated(new URL(url).host)];
  return query ? [words.searchingFor, isolated(query)] : [words.searchingWeb];
}

/** A search that is over. @param {Search} search @returns {(Node | string)[]} */
export function done({ type, query, url }) {
  if (type === 'file') return [words.searchedDocuments];
  if (url) return [words.read, isolated(new URL(url).host)];
  return query ? [words.searchedFor, isolated(query)] : [words.searchedWeb];
}

/** All that the model did, as one line. @param {Activity} activity */
export function summary({ reasoning, thinkingMs, searches = [] }) {
  /** @type {(Node | string)[][]} */
  const parts = [];
  if (thinkingMs !== undefined) parts.push([words.thoughtFor(duration(thinkingMs))]);
  else if (reasoning) parts.push([words.thought]);
  const queries = new Set(searches.flatMap(({ query }) => query ?? []));
  if (queries.size > 0) parts.push([words.searchedFor, ...listed([...queries])]);
  else if (searches.some(({ type }) => type === 'web')) parts.push([words.searchedWeb]);
  if (searches.some(({ type }) => type === 'file')) parts.push([words.searchedDocuments]);
  return separated(parts, ' · ').flat();
}

/** A text of a stranger, whose direction has no effect on the text around it. @param {string} text */
function isolated(text) {
  return element('bdi', {}, text);
}

/** @param {string[]} texts @returns {(Node | string)[]} */
function listed(texts) {
  const { lang } = document.documentElement;
  return new Intl.ListFormat(lang, { type: 'unit', style: 'short' })
    .formatToParts(texts)
    .map(({ type, value }) => (type === 'element' ? isolated(value) : value));
}

/**
 * @template T
 * @param {T[]} items
 * @param {string} separator
 */
function separated(items, separator) {
  return items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
}
