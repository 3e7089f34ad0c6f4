import { HINT_SEND, NEW_CHAT, SEND } from './shared.js';
import { translated } from './translated.js';

/**
 * The text that the first load needs. index.html has its text in page.js, the sidebar in sidebar.js,
 * and modules that are loaded on demand in on-demand.js.
 */
export const strings = translated('strings', {
  you: 'You',
  assistant: 'Assistant',
  send: SEND,
  sendAfterAnswer: 'Send after this answer',
  hintSend: HINT_SEND,
  hintAfterAnswer: 'to send after this answer',
  stop: 'Stop',
  newChat: NEW_CHAT,
  edit: 'Edit',
  editMessage: 'Edit message',
  cancel: 'Cancel',
  reload: 'Reload',
  fileSize: (/** @type {number} */ bytes) =>
    bytes < 1000 ? counted(bytes, 'byte') : `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} KB`,
  offline: 'Offline',
  online: 'Online again',
  spoken: {
    sent: 'Message sent',
    answering: 'Answering',
    stillAnswering: 'Still answering',
    stopped: 'Stopped',
    interrupted: 'The answer was interrupted',
    restarted: 'The answer began again with another model',
    waking: 'The chat service is waking up',
  },
  errors: {
    general: 'Something went wrong. Please try again.',
    offline: 'You are offline. Please try again when you are connected.',
  },
});

/**
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun, plural = `${noun}s`) {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}
