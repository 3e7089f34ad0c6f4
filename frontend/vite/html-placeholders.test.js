import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { marked } from './brand.js';
import { fill, values } from './html-placeholders.js';

const page = readFileSync(new URL('../index.html', import.meta.url), 'utf8');

test('a placeholder becomes its text, escaped for HTML', () => {
  const html = fill(
    '<a title="{{strings.a.b}}">{{strings.c}}</a>',
    {
      strings: { a: { b: '"x" & y' }, c: '<b>' },
    },
    marked,
  );
  assert.equal(html, '<a title="&quot;x&quot; &amp; y">&lt;b&gt;</a>');
});

test('a placeholder that names no text fails the build', () => {
  assert.throws(() => fill('{{strings.none}}', { strings: {} }, marked), /\{\{strings\.none\}\}/);
});

test('every placeholder of index.html has a text', () => {
  assert.doesNotMatch(fill(page, values, marked), /\{\{/);
});

test('index.html has no text of its own', () => {
  const body = page.replace(/<(script|svg|!--)[\s\S]*?(<\/\1>|-->)/g, '');
  assert.doesNotMatch(body, />[^<{]*\p{Letter}[^<{]*</u);
  assert.doesNotMatch(body, /(?:aria-label|title|placeholder)="(?!\{\{)/);
});
