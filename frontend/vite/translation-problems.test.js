import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { english } from '../src/languages/english.js';
import { LANGUAGES } from './language-list.js';
import { ERROR_CODES, translationProblems } from './translation-problems.js';
import { translations } from './translations.js';

const { de } = translations;

/** The text of a file of the repository. @param {string} path */
function file(path) {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

/** German with one text changed. @param {(texts: any) => void} change */
function changed(change) {
  const texts = {
    ...de,
    page: { ...de.page },
    turns: { ...de.turns },
    endings: { ...de.endings, failures: { ...de.endings.failures } },
  };
  change(texts);
  return translationProblems('de', english, texts);
}

for (const [language, texts] of Object.entries(translations))
  test(`${language} has every text, and none in English`, () => {
    assert.deepEqual(translationProblems(language, english, texts), []);
  });

test('every language but English has a translation, and index.html chooses among them', () => {
  assert.deepEqual(['en', ...Object.keys(translations)], LANGUAGES);
  const html = file('frontend/index.html');
  assert.match(html, new RegExp(`/\\^\\(${LANGUAGES.join('\\|')}\\)\\$/`));
});

test('the gateway and the script for other sites have the same languages', () => {
  const gateway = file('backend/src/main/java/dev/minimalchat/gateway/page/BrandProperties.java');
  const [, list] = /LANGUAGES =\s+List\.of\(AUTOMATIC, ([^)]*)\)/.exec(gateway) ?? [];
  assert.deepEqual(JSON.parse(`[${list}]`), LANGUAGES);
  const [, words] = /WORDS = \{(.*?)\};/s.exec(file('frontend/src/embed/loader.js')) ?? [];
  assert.deepEqual(words.match(/\w+(?=: \[)/g), LANGUAGES);
});

test('the codes are those of the gateway', () => {
  const source = file('backend/src/main/java/dev/minimalchat/gateway/errors/ErrorCode.java');
  const names = [...source.matchAll(/^ {2}([A-Z_]+)\(/gm)].map(([, name]) => name.toLowerCase());
  assert.deepEqual(ERROR_CODES, names);
});

for (const [problem, change] of /** @type {[string, (texts: any) => void][]} */ ([
  ['de.page.send is missing', ({ page }) => delete page.send],
  ['de.page.more is unknown', ({ page }) => Object.assign(page, { more: 'Mehr' })],
  ['de.endings.failures.timeout is missing', ({ endings }) => delete endings.failures.timeout],
  ['de.page.send is in English', ({ page }) => Object.assign(page, { send: 'Send' })],
  ['de.page.send is empty', ({ page }) => Object.assign(page, { send: ' ' })],
  ['de.page.send has another type', ({ page }) => Object.assign(page, { send: () => 'Senden' })],
  [
    'de.page.disclosure has other places for values',
    ({ page }) => Object.assign(page, { disclosure: 'Das ist eine KI.' }),
  ],
  [
    'de.turns.version has 1 parameters',
    ({ turns }) => Object.assign(turns, { version: (/** @type {number} */ at) => `V ${at}` }),
  ],
  [
    'de.turns.version (71,72) has other places for values',
    ({ turns }) =>
      Object.assign(turns, {
        version: (/** @type {number} */ at, /** @type {number} */ _count) => `V ${at}`,
      }),
  ],
]))
  test(`a build fails where ${problem}`, () => assert.deepEqual(changed(change), [problem]));
