/**
 * Reads a text aloud with a local voice, until its end, Escape, or a navigation. Each line is an
 * utterance of its own, because browsers cut off long ones.
 * @param {string} text
 */
export async function speak(text) {
  const controller = new AbortController();
  const { signal } = controller;
  addEventListener('hashchange', cancelSpeech, { signal });
  addEventListener('pagehide', cancelSpeech, { signal });
  addEventListener('keydown', ({ key }) => key === 'Escape' && cancelSpeech(), { signal });
  for (const line of text.split('\n').filter(Boolean)) {
    if (!(await speakLine(line))) break;
  }
  controller.abort();
}

export function cancelSpeech() {
  speechSynthesis.cancel();
}

/**
 * @param {string} line
 * @returns {Promise<boolean>}  whether it was read to its end
 */
function speakLine(line) {
  const utterance = new SpeechSynthesisUtterance(line);
  utterance.lang = navigator.language; // of the answer, more likely than the language of the page
  return new Promise(resolve => {
    utterance.onend = () => resolve(true);
    utterance.onerror = () => resolve(false);
    speechSynthesis.speak(utterance);
  });
}
