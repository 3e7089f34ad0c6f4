let reading = new AbortController(); // of the text that was read last

/**
 * Reads a text aloud with a local voice, until its end, Escape, a navigation, or the removal of the
 * button that stops it. Each line is an utterance of its own, because browsers cut off long ones.
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
