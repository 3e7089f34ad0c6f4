import { byId } from '../element.js';
import { onDemandStrings } from '../strings/on-demand.js';
import { localVoice } from './local-voice.js';
import { sentences } from './sentences.js';

const MAX_START_MS = 10_000; // of an utterance
const MAX_MS_PER_CHARACTER = 250; // a slow voice needs a third

let reading = new AbortController(); // of the text that was read last

/**
 * Reads a text aloud with a voice of this device, until its end, Escape, a navigation, or the removal of
 * the button that stops it. Each sentence is an utterance of its own, because browsers cut off long
 * ones. Without such a voice it says so: another one would send the text to a service.
 * @param {string} text
 * @param {HTMLElement} button
 */
export async function speak(text, button) {
  const controller = new AbortController();
  const { signal } = controller;
  reading = controller;
  addEventListener('hashchange', cancelSpeech, { signal });
  addEventListener('pagehide', cancelSpeech, { signal });
  addEventListener('keydown', ({ key }) => key === 'Escape' && cancelSpeech(), { signal });
  const removals = new MutationObserver(() => button.isConnected || cancelSpeech());
  removals.observe(document.body, { childList: true, subtree: true });
  signal.addEventListener('abort', () => removals.disconnect());
  const language = navigator.language; // of the answer, more likely than the language of the page
  const voice = await localVoice(speechSynthesis, language, signal);
  if (!voice) sayThatNoneIsHere(signal);
  else
    for (const sentence of sentences(text, language)) {
      if (signal.aborted || !(await speakSentence(sentence, voice, signal))) break;
    }
  controller.abort();
}

export function cancelSpeech() {
  reading.abort();
  speechSynthesis.cancel();
}

/** @param {AbortSignal} signal */
function sayThatNoneIsHere(signal) {
  if (signal.aborted) return;
  const notice = byId('not-attached');
  notice.textContent = onDemandStrings.speech.noVoice;
  notice.hidden = false;
}

/**
 * @param {string} sentence
 * @param {SpeechSynthesisVoice} voice
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>}  whether it was read to its end
 */
function speakSentence(sentence, voice, signal) {
  const utterance = new SpeechSynthesisUtterance(sentence);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  return new Promise(resolve => {
    const timer = setTimeout(cancelSpeech, MAX_START_MS + sentence.length * MAX_MS_PER_CHARACTER);
    signal.addEventListener('abort', () => end(false));
    utterance.onend = () => end(!signal.aborted); // in Firefox also of what was cancelled
    utterance.onerror = () => end(false);
    speechSynthesis.speak(utterance);

    /** @param {boolean} wasRead */
    function end(wasRead) {
      clearTimeout(timer);
      resolve(wasRead);
    }
  });
}
