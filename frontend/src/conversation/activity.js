import { isWaiting } from './conversation.js';
import { fileSource, searchDetails, webSource, withSource } from './sources.js';

/** @import { Message } from './conversation.js' */
/** @import { Search, Source } from './sources.js' */
/** @import { StreamEvent } from '../stream/gateway.js' */

/**
 * What a model did for an answer beside writing it. Stored with the message; stored field names
 * cannot change. `since`: when the answer was requested or continued; `length`: of the text at the
 * last event, so that a longer text has ended it; `current`: index of the search that the last event
 * was about, if it was; `part`: of the reasoning; `earlierMs`: thinking time before `since`.
 * @typedef {object} Activity
 * @property {number} since  epoch milliseconds
 * @property {number} [length]
 * @property {number} [current]
 * @property {string} [reasoning]  Markdown
 * @property {string} [part]
 * @property {number} [thinkingMs]  until the text began
 * @property {number} [earlierMs]
 * @property {Search[]} [searches]
 * @property {Source[]} [sources]
 */

/** @typedef {(before: Activity, message: Message, at: number) => Activity} Step */

const MAX_REASONING_LENGTH = 200_000; // characters; the newest are kept
const MAX_SEARCHES = 50;

/**
 * An event of the gateway about something else than text. Undefined if it is not one, or malformed.
 * @param {any} data
 * @returns {StreamEvent | undefined}
 */
export function activityEvent({ type, sequence_number: number, ...data }) {
  const step = toStep(type, data);
  return step && { type: 'activity', activity: (message, at) => apply(step, message, at), number };
}

/**
 * @param {unknown} type
 * @param {any} data
 * @returns {Step | undefined}
 */
function toStep(
  type,
  { delta, summary_index, content_index, output_index, query, url, annotation },
) {
  switch (type) {
    case 'response.reasoning_summary_text.delta':
      return thinking(delta, `summary ${summary_index}`);
    case 'response.reasoning_text.delta':
      return thinking(delta, `text ${content_index}`);
    case 'response.web_search_call.searching':
      return searching('web', output_index, searchDetails(query, url));
    case 'response.file_search_call.searching':
      return searching('file', output_index, {});
    case 'response.output_text.annotation.added':
      return citing(annotation);
  }
}

/**
 * @param {Step} step
 * @param {Message} message
 * @param {number} at
 */
function apply(step, message, at) {
  const since = message.resumed?.at ?? message.createdAt;
  const { activity } = message;
  return step(activity?.since === since ? activity : begin(activity, since), message, at);
}

/**
 * The activity of an answer that is requested, or continued. The provider counts from zero again.
 * @param {Activity | undefined} earlier
 * @param {number} since
 * @returns {Activity}
 */
function begin({ reasoning, thinkingMs, searches, sources } = { since: 0 }, since) {
  return {
    since,
    ...(reasoning && { reasoning }),
    ...(thinkingMs !== undefined && { thinkingMs, earlierMs: thinkingMs }),
    ...(searches && { searches: searches.map(({ index: _index, ...search }) => search) }),
    ...(sources && { sources }),
  };
}

/**
 * @param {unknown} delta
 * @param {string} part
 * @returns {Step | undefined}
 */
function thinking(delta, part) {
  if (typeof delta !== 'string' || delta === '') return undefined;
  return ({ current: _current, ...before }, message, at) => {
    const { reasoning = '', earlierMs = 0, since } = before;
    const separator = reasoning !== '' && part !== before.part ? '\n\n' : '';
    return {
      ...before,
      part,
      length: message.text.length,
      reasoning: (reasoning + separator + delta).slice(-MAX_REASONING_LENGTH),
      ...(isWaiting(message) && { thinkingMs: earlierMs + at - since }),
    };
  };
}

/**
 * @param {Search['type']} type
 * @param {unknown} index
 * @param {{ query?: string, url?: string }} details
 * @returns {Step | undefined}
 */
function searching(type, index, details) {
  if (!Number.isInteger(index)) return undefined;
  return (before, { text }) => {
    const { searches = [] } = before;
    const known = searches.findIndex(search => search.index === index);
    const current = known < 0 ? Math.min(searches.length, MAX_SEARCHES - 1) : known;
    const search = { ...searches[known], type, index: Number(index), ...details };
    return {
      ...before,
      length: text.length,
      current,
      searches: searches.toSpliced(current, 1, search),
    };
  };
}

/**
 * @param {any} annotation
 * @returns {Step | undefined}
 */
function citing(annotation) {
  const { type, url, title, filename } = annotation ?? {};
  const source =
    type === 'url_citation'
      ? webSource(url, title)
      : type === 'file_citation'
        ? fileSource(filename)
        : undefined;
  return source && (before => ({ ...before, sources: withSource(before.sources ?? [], source) }));
}
