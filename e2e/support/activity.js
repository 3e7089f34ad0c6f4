import { lastAnswer } from './chat-page.js';

/** @import { Page } from 'playwright-core' */
/** @import { HttpExchange } from './http-exchange.js' */

/** The capabilities of a gateway with everything that a model can do beside writing. */
export const ACTIVE = {
  capabilities: ['resume', 'restart', 'reasoning', 'web_search', 'file_search'],
};

/**
 * @param {HttpExchange} exchange
 * @param {string} delta
 * @param {number} [summary_index]
 */
export function sendReasoning(exchange, delta, summary_index = 0) {
  exchange.sendEvent('response.reasoning_summary_text.delta', { summary_index, delta });
}

/**
 * @param {HttpExchange} exchange
 * @param {number} output_index
 * @param {{ query?: string, url?: string }} [details]
 */
export function sendSearch(exchange, output_index, details = {}) {
  exchange.sendEvent('response.web_search_call.searching', { output_index, ...details });
}

/**
 * @param {HttpExchange} exchange
 * @param {unknown} url
 * @param {unknown} [title]
 */
export function citePage(exchange, url, title) {
  const annotation = { type: 'url_citation', url, title };
  exchange.sendEvent('response.output_text.annotation.added', { annotation });
}

/**
 * @param {HttpExchange} exchange
 * @param {unknown} filename
 */
export function citeFile(exchange, filename) {
  const annotation = { type: 'file_citation', filename };
  exchange.sendEvent('response.output_text.annotation.added', { annotation });
}

/** Of the last answer: its reasoning and searches. @param {Page} page */
export function fold(page) {
  return lastAnswer(page).locator('details.activity');
}

/** Of the last answer. @param {Page} page */
export function sources(page) {
  return lastAnswer(page).locator('details:not(.activity)');
}
