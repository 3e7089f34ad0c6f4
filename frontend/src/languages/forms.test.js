import assert from 'node:assert/strict';
import { test } from 'node:test';
import { texts as arabic } from './ar.js';
import { texts as german } from './de.js';
import { forms } from './forms.js';
import { texts as french } from './fr.js';
import { texts as portuguese } from './pt.js';

test('Arabic has six plural forms', () => {
  const { results } = arabic.onDemand.conversations;
  assert.deepEqual([0, 1, 2, 3, 11, 100].map(results), [
    'لا نتائج',
    'نتيجة واحدة',
    'نتيجتان',
    '3 نتائج',
    '11 نتيجة',
    '100 نتيجة',
  ]);
  assert.equal(arabic.import.imported(2), 'تم استيراد محادثتين.');
});

test('French and Portuguese have the singular for nothing, German has the plural', () => {
  assert.equal(french.onDemand.conversations.results(0), '0 résultat');
  assert.equal(portuguese.onDemand.conversations.results(0), '0 resultado');
  assert.equal(german.onDemand.conversations.results(0), '0 Ergebnisse');
  assert.equal(german.onDemand.conversations.results(1), '1 Ergebnis');
});

test('a count beyond the forms of a language has that of other', () => {
  assert.match(french.onDemand.conversations.results(1_000_000), /^1\s000\s000 résultats$/);
});

test('numbers and lists are those of the language', () => {
  assert.equal(forms('de').number(12_345.67, 1), '12.345,7');
  assert.equal(german.strings.fileSize(1536), '1,5 KB');
  assert.equal(german.turns.meta.firstText('1.4'), '1,4 s bis zum ersten Wort');
  assert.equal(german.render.table(['Fluss', 'Länge']), 'Tabelle: Fluss, Länge');
  assert.equal(german.turns.meta.tokens(1234), '1.234 Tokens');
});

test('a text with the sign of a replacement pattern stays as it is', () => {
  assert.equal(german.onDemand.attach.notText('$&.bin'), '$&.bin ist keine Textdatei.');
});
