import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fill, ownText, values } from './html-placeholders.js';

const page = readFileSync(new URL('../index.html', import.meta.url), 'utf8');

test('a placeholder becomes its text, escaped for HTML', () => {
  const html = fill('<a title="{{strings.a.b}}">{{strings.c}}</a>', {
    strings: { a: { b: '"x" & y' }, c: '<b>' },
  });
  assert.equal(html, '<a title="&quot;x&quot; &amp; y">&lt;b&gt;</a>');
});

test('a placeholder that names no text fails the build', () => {
  assert.throws(() => fill('{{strings.none}}', { strings: {} }), /\{\{strings\.none\}\}/);
});

test('every placeholder of index.html has a text', () => {
  assert.doesNotMatch(fill(page, values()), /\{\{/);
});

test('index.html has no text of its own', () => {
  const body = page.replace(/<(script|svg|!--)[\s\S]*?(<\/\1>|-->)/g, '');
  assert.doesNotMatch(body, />[^<{]*\p{Letter}[^<{]*</u);
  assert.doesNotMatch(body, /(?:aria-label|title|placeholder)="(?!\{\{)/);
});

test('the environment replaces the disclosure, as text', () => {
  const filled = fill('<p>{{strings.disclosure}}</p>', values(ownText({ DISCLOSURE: 'A & <b>' })));
  assert.equal(filled, '<p>A &amp; &lt;b&gt;</p>');
});

test('an empty disclosure counts as unset', () => {
  assert.match(values(ownText({ DISCLOSURE: '' })).strings.disclosure, /is an AI/);
  assert.deepEqual(ownText({ DISCLOSURE: '😀'.repeat(300) }), { disclosure: '😀'.repeat(300) });
});

for (const disclosure of [' ', '\t\n', 'x'.repeat(301)])
  test(`the disclosure ${JSON.stringify(disclosure.slice(0, 5))} is rejected`, () => {
    assert.throws(() => ownText({ DISCLOSURE: disclosure }), /^Error: DISCLOSURE is [^\n]+$/);
  });
