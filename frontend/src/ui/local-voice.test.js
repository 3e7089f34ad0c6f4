import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localVoice } from './local-voice.js';

/** @param {string} name @param {string} lang @param {object} [more] */
const voice = (name, lang, more) => ({ name, lang, localService: true, ...more });
const none = new AbortController().signal;
const remote = { localService: false };

for (const [what, language, expected, voices] of /** @type {const} */ ([
  ['of the same region', 'de-AT', 'b', [voice('a', 'de-DE'), voice('b', 'de_AT')]],
  ['of another region', 'de-CH', 'a', [voice('x', 'en-US'), voice('a', 'de-DE')]],
  ['in three letters', 'de-DE', 'a', [voice('x', 'eng-USA'), voice('a', 'deu-DEU')]],
  ['without a known language', 'de-DE', 'a', [voice('x', ''), voice('a', 'de')]],
  ['of the user', 'de-DE', 'b', [voice('a', 'de-DE'), voice('b', 'de-DE', { default: true })]],
  ['of the device', 'de-DE', 'b', [voice('a', 'de-DE', remote), voice('b', 'de-DE')]],
  ['of the device, or none,', 'de-DE', undefined, [voice('a', 'de-DE', remote)]],
  ['of the language, or none,', 'de-DE', undefined, [voice('a', 'en-US', { default: true })]],
]))
  test(`the voice ${what} is chosen`, async () => {
    const found = await localVoice(
      synthesis(() => voices),
      language,
      none,
    );
    assert.equal(found?.name, expected);
  });

test('a browser that has no voices yet is asked again when it has some', async () => {
  /** @type {object[]} */
  const voices = [];
  const speech = synthesis(() => voices);
  const found = localVoice(speech, 'en', none);
  voices.push(voice('a', 'en-GB'));
  speech.dispatchEvent(new Event('voiceschanged'));
  assert.equal((await found)?.name, 'a');
});

test('a browser without voices is not waited for', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const found = localVoice(
    synthesis(() => []),
    'en',
    none,
  );
  t.mock.timers.tick(2000);
  assert.equal(await found, undefined);
});

test('the wait for voices can be ended', async () => {
  const controller = new AbortController();
  const found = localVoice(
    synthesis(() => []),
    'en',
    controller.signal,
  );
  controller.abort();
  assert.equal(await found, undefined);
});

/** @param {() => readonly object[]} getVoices @returns {SpeechSynthesis} */
function synthesis(getVoices) {
  return /** @type {any} */ (Object.assign(new EventTarget(), { getVoices }));
}
