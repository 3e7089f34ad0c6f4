import { element } from '../element.js';
import { turnStrings } from '../strings/turns.js';
import { actionButton } from './action-button.js';
import { copyButton } from './copy-button.js';
import { icon } from './icon.js';
import { speakButton } from './speak-button.js';

/** @import { Message } from '../conversation/conversation.js' */

/**
 * The buttons below an answer.
 * @param {{ text: () => string, rendered: HTMLElement, regenerate: () => void }} answer
 */
export function turnActions({ text, rendered, regenerate }) {
  const html = () =>
    import('../render/clipboard-html.js').then(module => module.clipboardBlob(rendered));
  const copy = copyButton(actionButton('copy', turnStrings.copyAnswer), text, icon('done'), html);
  const again = actionButton('again', turnStrings.regenerate, regenerate);
  const speak = speakButton(text);
  again.className += ' group-data-last/turn:group-has-[.retry]/turn:hidden'; // Retry does the same
  const root = element('div', { className: 'flex items-center' }, copy, speak, again);
  return { element: root, update };

  /** @param {Message} message */
  function update(message) {
    root.hidden = message.status === 'streaming';
    copy.hidden = message.text === '';
    speak.hidden = message.text === '' || !('speechSynthesis' in window);
    again.hidden = message.problem?.retryable === false;
  }
}
