import { plainText } from '../render/plain-text.js';
import { strings } from '../strings/strings.js';
import { actionButton } from './action-button.js';
import { icon } from './icon.js';

/**
 * Reads an answer aloud, and stops when it is pressed again. Where the browser has no voice there is
 * no button.
 * @param {() => string} markdown
 */
export function speakButton(markdown) {
  const button = actionButton('speak', strings.readAloud, toggle);
  let speaking = false;
  return button;

  async function toggle() {
    const { silence, speak } = await import('./speech.js');
    const begins = !speaking;
    silence(); // another answer, too
    if (!begins) return;
    show(true);
    await speak(plainText(markdown()));
    show(false);
  }

  /** @param {boolean} now */
  function show(now) {
    speaking = now;
    button.replaceChildren(icon(now ? 'stop' : 'speak'));
    button.ariaLabel = button.title = now ? strings.stopReading : strings.readAloud;
  }
}
