import { turnStrings } from '../strings/turns.js';
import { actionButton } from './action-button.js';
import { icon } from './icon.js';

/**
 * A button that reads an answer aloud, and stops it.
 * @param {() => string} markdown
 */
export function speakButton(markdown) {
  const button = actionButton('speak', turnStrings.readAloud, toggle);
  let speaking = false;
  return button;

  async function toggle() {
    const [{ cancelSpeech, speak }, { plainText }] = await Promise.all([
      import('./speech.js'),
      import('../render/spoken-text.js'),
    ]);
    const starts = !speaking;
    cancelSpeech(); // of any answer
    if (!starts) return;
    show(true);
    await speak(plainText(markdown()), button);
    show(false);
  }

  /** @param {boolean} value */
  function show(value) {
    speaking = value;
    button.replaceChildren(icon(value ? 'stop' : 'speak'));
    button.ariaLabel = button.title = value ? turnStrings.stopReading : turnStrings.readAloud;
  }
}
