import { strings } from '../strings/strings.js';
import { actionButton } from './action-button.js';
import { copyButton } from './copy-button.js';
import { element } from './element.js';
import { speakButton } from './speak-button.js';

/** @import { Message } from '../conversation/message.js' */

/**
 * @param {{ text: () => string, regenerate: () => void }} answer
 */
export function turnActions({ text, regenerate }) {
  const copying = copyButton(actionButton('copy', strings.copyAnswer), text);
  const again = actionButton('again', strings.regenerate, regenerate);
  const speaking = speakButton(text);
  const root = element('div', { className: 'turn-actions' }, copying, speaking, again);
  return { element: root, update };

  /** @param {Message} message */
  function update(message) {
    root.hidden = message.status === 'streaming';
    copying.hidden = message.text === '';
    speaking.hidden = message.text === '' || !('speechSynthesis' in window);
    again.hidden = message.problem?.retryable === false;
  }
}
