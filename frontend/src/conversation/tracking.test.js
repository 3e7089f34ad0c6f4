import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutTracking } from './tracking.js';

for (const [text, shown] of [
  ['([a.example](https://a.example/?utm_source=openai))', '([a.example](https://a.example/))'],
  ['https://a.example/?utm_source=openai&b=2', 'https://a.example/?b=2'],
  ['https://a.example/?b=2&utm_source=openai#c', 'https://a.example/?b=2#c'],
  ['https://a.example/?utm_source=openai', 'https://a.example/'],
  ['https://a.example/?utm_source=chatgpt.com', 'https://a.example/'],
  ['a ?utm_source=openai b &utm_source=openai.', 'a  b &utm_source=openai.'],
  ['https://a.example/?utm_source=openai-blog', 'https://a.example/?utm_source=openai-blog'],
  ['https://a.example/?utm_source=openai%20x', 'https://a.example/?utm_source=openai%20x'],
  ['https://a.example/?utm_source=news', 'https://a.example/?utm_source=news'],
])
  test(`${text} becomes ${shown}`, () => assert.equal(withoutTracking(text), shown));
