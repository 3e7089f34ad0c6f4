const MAX_WAIT_MS = 2000; // some browsers know their voices a moment after the first question

/**
 * A voice of the device, which sends the text nowhere. A voice of the browser's vendor can also stop
 * after a quarter of a minute without an event.
 * @param {SpeechSynthesis} synthesis
 * @param {string} language
 * @param {AbortSignal} signal  ends the wait
 * @returns {Promise<SpeechSynthesisVoice | undefined>}
 */
export async function localVoice(synthesis, language, signal) {
  if (synthesis.getVoices().length === 0)
    await new Promise(resolve => {
      synthesis.addEventListener?.('voiceschanged', resolve, { once: true }); // not in old Safari
      signal.addEventListener('abort', resolve, { once: true });
      setTimeout(resolve, MAX_WAIT_MS);
    });
  const [wanted, base] = [tag(language), baseLanguage(language)];
  const voices = synthesis
    .getVoices()
    .filter(({ lang, localService }) => localService && baseLanguage(lang) === base);
  const same = voices.filter(({ lang }) => tag(lang) === wanted);
  const candidates = same.length > 0 ? same : voices;
  return candidates.find(voice => voice.default) ?? candidates[0];
}

/** Android writes en_US. @param {string} language */
function tag(language) {
  return language.replaceAll('_', '-').toLowerCase();
}

/** Some devices write eng-USA. @param {string} language */
function baseLanguage(language) {
  const [base] = tag(language).split('-');
  try {
    return new Intl.Locale(base).language;
  } catch {
    return base;
  }
}
