import { tokenRate } from '../conversation/token-rate.js';
import { element } from '../element.js';
import { turnStrings } from '../strings/turns.js';
import { note } from './classes.js';

/** @import { Message } from '../conversation/conversation.js' */

/**
 * The line below an answer: model, time to first text, tokens per second, tokens.
 * @param {(model: string) => string} modelLabel
 */
export function turnMeta(modelLabel) {
  const className = `ms-icon-inset [font-variant-numeric:tabular-nums] ${note}`;
  const root = element('p', { className });
  return { element: root, update };

  /** @param {Message} message */
  function update(message) {
    root.textContent =
      message.status === 'streaming' ? '' : [...model(message), ...figures(message)].join(' · ');
  }

  /** @param {Message} message */
  function model({ model }) {
    return model ? [modelLabel(model)] : [];
  }
}

/** @param {Message} message */
function figures(message) {
  const { firstText } = message.timings ?? {};
  const parts = [];
  if (firstText !== undefined)
    parts.push(turnStrings.meta.firstText((firstText / 1000).toFixed(1)));
  const rate = tokenRate(message);
  if (rate !== undefined) parts.push(turnStrings.meta.speed(rate));
  const tokens = message.usage?.output_tokens;
  if (tokens) parts.push(turnStrings.meta.tokens(tokens));
  return parts;
}
