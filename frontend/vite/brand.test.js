import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { branded, brandedServiceWorker, brandTable, marked } from './brand.js';
import { brandSettings } from './brand-settings.js';
import { fill, values } from './html-placeholders.js';

/** @import { BrandTable } from './brand.js' */

/**
 * BrandTableTest of the gateway has the same cases.
 * @type {{
 *   table: BrandTable, serviceWorker: string,
 *   cases: { name: string, environment: Record<string, string>,
 *     html: string, manifest: string, serviceWorker: string }[]
 * }}
 */
const fixture = JSON.parse(readFileSync(new URL('brand.fixture.json', import.meta.url), 'utf8'));
const source = readFileSync(new URL('../index.html', import.meta.url), 'utf8');

for (const { name, environment, html, manifest, serviceWorker } of fixture.cases)
  test(`the page with ${name} has the bytes of the fixture`, () => {
    const settings = brandSettings(environment);
    const page = branded(fixture.table, settings);
    assert.equal(page.html, html);
    assert.equal(page.manifest, manifest);
    assert.doesNotThrow(() => JSON.parse(manifest));
    assert.equal(brandedServiceWorker(fixture.serviceWorker, page, settings), serviceWorker);
  });

test('a page without a brand is the page without marks', () => {
  const html = fill(source, values, marked);
  const built = branded(brandTable(html), {}).html;
  assert.doesNotMatch(built, /[\uE000-\uE002]|<!--\{|\{\{/);
  assert.match(built, /<title>Minimal Chatbot<\/title>/);
  assert.match(built, /aria-describedby="disclosure" placeholder="Ask anything"/);
});

test('every place of the brand is in index.html', () => {
  const table = brandTable(fill(source, values, marked));
  for (const place of Object.keys(fixture.table.defaults))
    if (!place.startsWith('manifest')) assert.match(table.html, new RegExp(`\\{\\{${place}\\}\\}`));
  assert.deepEqual(Object.keys(table.items).sort(), Object.keys(fixture.table.items).sort());
  assert.deepEqual(Object.keys(table.defaults).sort(), Object.keys(fixture.table.defaults).sort());
});

test('the style of the accent comes after the one of the page, or is stronger', () => {
  const table = brandTable(fill(source, values, marked));
  assert.match(table.items.style, /^<style>:root:root\{--accent:/);
});
