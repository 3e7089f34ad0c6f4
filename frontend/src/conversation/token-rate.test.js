import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenRate } from './token-rate.js';

const timings = { firstText: 10_000, end: 12_000 };
const usage = { output_tokens: 1100, output_tokens_details: { reasoning_tokens: 1000 } };

for (const [what, rate, message] of /** @type {const} */ ([
  ['has no tokens of the reasoning before it', 50, { usage, timings }],
  ['is of all tokens without reasoning', 50, { usage: { output_tokens: 100 }, timings }],
  [
    'is unknown if the reasoning was not counted apart',
    undefined,
    { usage: { output_tokens: 1100 }, timings, activity: { since: 0, reasoning: 'So' } },
  ],
  [
    'is unknown if hidden reasoning was not counted apart',
    undefined,
    { usage: { output_tokens: 1100 }, timings, activity: { since: 0, thinkingMs: 10_000 } },
  ],
  [
    'is unknown of an answer that came at once',
    undefined,
    { usage: { output_tokens: 900 }, timings: { firstText: 3000, end: 3001 } },
  ],
  [
    'is unknown of a continued answer',
    undefined,
    { usage, timings, resumed: { at: 5000, length: 10 } },
  ],
  ['is unknown without a count', undefined, { timings }],
  ['is unknown without times', undefined, { usage }],
  [
    'is unknown if all tokens were reasoning',
    undefined,
    { usage: { output_tokens: 5, output_tokens_details: { reasoning_tokens: 5 } }, timings },
  ],
]))
  test(`the rate of an answer ${what}`, () => assert.equal(tokenRate(message), rate));
