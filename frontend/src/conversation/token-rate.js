/** @import { Message } from './conversation.js' */

const MIN_SPAN_MS = 500; // a shorter one measures a buffer

/**
 * Tokens of the text per second. Undefined if it is not known: also of a continued answer, and of one
 * with reasoning whose tokens were not counted apart.
 * @param {Pick<Message, 'usage' | 'timings' | 'activity' | 'resumed'>} message
 * @returns {number | undefined}
 */
export function tokenRate({ usage, timings: { firstText, end } = {}, activity, resumed }) {
  if (!usage?.output_tokens || firstText === undefined || end === undefined) return undefined;
  const reasoned = activity?.reasoning !== undefined || activity?.thinkingMs !== undefined;
  const reasoning = usage.output_tokens_details?.reasoning_tokens ?? (reasoned ? Number.NaN : 0);
  const rate = Math.round(((usage.output_tokens - reasoning) * 1000) / (end - firstText));
  return !resumed && end - firstText >= MIN_SPAN_MS && rate > 0 ? rate : undefined;
}
