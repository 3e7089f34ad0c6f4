import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileSource, searchDetails, webSource, withSource } from './sources.js';

/** @import { Source } from './sources.js' */

for (const [address, shown] of /** @type {const} */ ([
  ['https://a.example/x?utm_source=openai', 'https://a.example/x'],
  [
    'https://a.example/?a=1%20b&UTM_Medium=x&c=+&utm_campaign=y#z',
    'https://a.example/?a=1%20b&c=+#z',
  ],
  ['https://a.example/?my_utm_source=1', 'https://a.example/?my_utm_source=1'],
  ['http://user:secret@a.example/', 'http://a.example/'],
  ['HTTPS://A.example', 'https://a.example/'],
  [' java\nscript:alert(1)', undefined],
  ['javascript://a.example/%0aalert(1)', undefined],
  ['data:text/html,<b>', undefined],
  ['ftp://a.example/', undefined],
  ['//a.example/', undefined],
  ['/x', undefined],
  ['', undefined],
  [`https://a.example/${'x'.repeat(2048)}`, undefined],
  [null, undefined],
  [{ toString: () => 'https://a.example/' }, undefined],
]))
  test(`the address ${JSON.stringify(address)?.slice(0, 60)} is ${shown}`, () => {
    assert.equal(/** @type {any} */ (webSource(address, undefined))?.url, shown);
  });

for (const [what, title, shown] of /** @type {const} */ ([
  ['markup, as text', '<img src=x onerror=alert(1)> **b**', '<img src=x onerror=alert(1)> **b**'],
  ['no control characters', 'a\0b\u001b[31mc\r\nd\u2028e', 'a b [31mc d e'],
  ['no change of direction', '\u202egnp.\u2066exe\u200f\u061c', 'gnp. exe'],
  ['Hebrew and emoji', 'שלום 👩‍👩‍👧', 'שלום 👩‍👩‍👧'],
  ['at most 200 characters', 'x'.repeat(10_000), 'x'.repeat(200)],
  ['no half of a character', `${'x'.repeat(199)}👋`, 'x'.repeat(199)],
  ['no lone surrogate', 'a\ud800b', 'a\ufffdb'],
  ['nothing, if it is no text', 7, undefined],
  ['nothing, if it is white space', ' \n ', undefined],
]))
  test(`a title has ${what}`, () => {
    const source = /** @type {any} */ (webSource('https://a.example/', title));
    assert.equal(source.title, shown);
    assert.equal(/** @type {any} */ (fileSource(title))?.filename, shown);
  });

test('at most 20 sources are listed, each once', () => {
  /** @type {Source[]} */
  let sources = [];
  for (let index = 0; index < 60; index++) {
    const address = `https://a.example/${index % 30}?utm_source=openai`;
    sources = withSource(sources, /** @type {Source} */ (webSource(address, `${index}`)));
  }
  assert.equal(sources.length, 20);
  assert.equal(new Set(sources.map(source => 'url' in source && source.url)).size, 20);
});

test('a file and a page of the same name are two sources', () => {
  const page = /** @type {Source} */ (webSource('https://a.example/', 'A'));
  const file = /** @type {Source} */ (fileSource('https://a.example/'));
  assert.equal(withSource([page], file).length, 2);
});

test('a query has at most 500 characters, and a page is http or https', () => {
  assert.equal(searchDetails('q'.repeat(900), 'javascript:1').query?.length, 500);
  assert.deepEqual(searchDetails(undefined, 'javascript:1'), {});
});
