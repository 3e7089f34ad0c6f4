import assert from 'node:assert/strict';
import { test } from 'node:test';
import hljs from 'highlight.js/lib/core';
import css from './css-grammar.js';

hljs.registerLanguage('css', css);

/**
 * The words of one colour.
 * @param {string} code
 * @param {string} scope
 */
function found(code, scope) {
  const html = hljs.highlight(code, { language: 'css' }).value;
  return [...html.matchAll(new RegExp(`hljs-${scope}">([^<]*)<`, 'g'))].map(([, word]) => word);
}

const sheet = `/* all */
@media (width < 40rem) {
  a.link:hover, #main > li::before { color: #0b57d0; --gap: calc(1.5em + 2px) !important }
}`;

test('a style sheet is split into its scopes', () => {
  assert.deepEqual(found(sheet, 'comment'), ['/* all */']);
  assert.deepEqual(found(sheet, 'keyword'), ['@media', '!important']);
  assert.deepEqual(found(sheet, 'selector-tag'), ['a', 'li']);
  assert.deepEqual(found(sheet, 'selector-class'), ['.link']);
  assert.deepEqual(found(sheet, 'selector-id'), ['#main']);
  assert.deepEqual(found(sheet, 'selector-pseudo'), [':hover', '::before']);
  assert.deepEqual(found(sheet, 'attribute'), ['color', '--gap']);
  assert.deepEqual(found(sheet, 'number'), ['#0b57d0', '1.5em', '2px']);
  assert.deepEqual(found(sheet, 'built_in'), ['calc']);
});

test('a nested selector is not a property', () => {
  const nested = '.a { $size: 2px; &:hover { top: $size } // done\n}';
  assert.deepEqual(found(nested, 'attribute'), ['$size', 'top']);
  assert.deepEqual(found(nested, 'comment'), ['// done']);
});
