/**
 * Says words aloud with a voice of the reader's own machine, until they are said, Esc is pressed or
 * the reader goes elsewhere. A line at a time: browsers stop in the middle of long ones.
 * @param {string} words
 */
export async function speak(words) {
  const end = new AbortController();
  const { signal } = end;
  addEventListener('hashchange', silence, { signal });
  addEventListener('pagehide', silence, { signal });
  addEventListener('keydown', ({ key }) => key === 'Escape' && silence(), { signal });
  for (const line of words.split('\n').filter(Boolean)) {
    if (!(await said(line))) break;
  }
  end.abort();
}

/** Ends whatever is being said. */
export function silence() {
  speechSynthesis.cancel();
}

/**
 * @param {string} line
 * @returns {Promise<boolean>}  whether it was said to its end
 */
function said(line) {
  const utterance = new SpeechSynthesisUtterance(line);
  utterance.lang = navigator.language; // rather than that of the page's buttons
  return new Promise(resolve => {
    utterance.onend = () => resolve(true);
    utterance.onerror = () => resolve(false);
    speechSynthesis.speak(utterance);
  });
}
