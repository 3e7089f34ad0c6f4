let reading = new AbortController(); // of the text that was read last

/**
 * Reads a text aloud with a local voice, until its end, Escape, or a navigation. Each line is an
 * utterance of its own, because browsers cut off long ones.
 * @param {string} text
 */
export async function speak(text) {
  const controller = new AbortController();
  const { signal } = controller;
  reading = controller;
  addEventListener('hashchange', cancelSpeech, { signal });
  addEventListener('pagehide', cancelSpeech, { signal });
  addEventListener('keydown', ({ key }) => key === 'Escape' && cancelSpeech(), { signal });
  for (const line of text.split('\n').filter(Boolean)) {
    if (!(await speakLine(line, signal))) break;
  }
  controller.abort();
}

export function cancelSpeech() {
  reading.abort();
  speechSynthesis.cancel();
}

/**
 * @param {string} line
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>}  whether it was read to its end
 */
function speakLine(line, signal) {
  const utterance = new SpeechSynthesisUtterance(line);
  utterance.lang = navigator.language; // of the answer, more likely than the language of the page
  return new Promise(resolve => {
    utterance.onend = () => resolve(!signal.aborted); // in Firefox also of what was cancelled
    utterance.onerror = () => resolve(false);
    speechSynthesis.speak(utterance);
  });
}
