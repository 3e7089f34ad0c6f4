import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { branded, brandedServiceWorker, brandTable, marked, markedText } from './brand.js';
import { brandSettings } from './brand-settings.js';
import { fill, values } from './html-placeholders.js';
import { LANGUAGES } from './language-list.js';

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
  for (const place of Object.keys(fixture.table.defaults).filter(isOfBrand))
    if (!place.startsWith('manifest')) assert.match(table.html, new RegExp(`\\{\\{${place}\\}\\}`));
  assert.deepEqual(Object.keys(table.items).sort(), Object.keys(fixture.table.items).sort());
  assert.deepEqual(
    Object.keys(table.defaults).sort(),
    Object.keys(fixture.table.defaults).filter(isOfBrand).sort(),
  );
});

test('every text of index.html has its translation in each language', () => {
  const { html, defaults, languages } = brandTable(fill(source, values, marked, markedText));
  const places = Object.keys(defaults).filter(place => html.includes(`{{${place}}}`));
  const own = ['language', 'links', 'logo', 'icon', 'style']; // without a text of the page
  assert.ok(places.filter(place => place.startsWith('strings.')).length > 20);
  for (const language of LANGUAGES.filter(each => each !== 'en'))
    for (const place of places.filter(each => !own.includes(each)))
      assert.ok(languages[language].defaults[place], `${language}: ${place}`);
});

test('a page in a language has no text of another', () => {
  const table = brandTable(fill(source, values, marked, markedText));
  const { html, manifest } = branded(table, { language: 'ar' });
  assert.match(html, /^<!doctype html>\s*<!--.*?-->\s*<html lang="ar" dir="rtl"/s);
  assert.match(html, /l='ar';/);
  const names = /Minimal Chatbot|JavaScript|(?:Shift\+)?Enter|<!--.*?-->/gs;
  const body = html.slice(html.indexOf('</svg>')).replace(names, '');
  assert.doesNotMatch(body, />[^<]*[a-z]{3}[^<]*</);
  assert.doesNotMatch(body, /(?:aria-label|title|placeholder)="[^"]*[a-z]{3}/);
  const { lang, dir, description } = JSON.parse(manifest);
  assert.deepEqual([lang, dir], ['ar', 'rtl']);
  assert.doesNotMatch(description, /[a-z]/);
});

test('a logo is the icon of the page, also on a home screen', () => {
  const table = brandTable(fill(source, values, marked));
  const settings = brandSettings({ BRAND_LOGO: 'data:image/svg+xml,%3Csvg%3E%3C/svg%3E' });
  for (const [html, files] of /** @type {const} */ ([
    [branded(table, {}).html, ['/favicon.svg', '/icon-192.png']],
    [branded(table, settings).html, [`./${settings.logo?.file}`, `./${settings.logo?.file}`]],
  ])) {
    const icons = [...html.matchAll(/<link rel="(?:apple-touch-)?icon" href="([^"]+)"/g)];
    assert.deepEqual(
      icons.map(([, file]) => file),
      files,
    );
  }
});

test('the style of the accent comes after the one of the page, or is stronger', () => {
  const table = brandTable(fill(source, values, marked));
  assert.match(table.items.style, /^<style>:root:root\{--accent:/);
});

/** The other places are texts that an operator cannot set. @param {string} place */
function isOfBrand(place) {
  return !place.startsWith('strings.');
}
