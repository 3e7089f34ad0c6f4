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
  copyAnswer: 'Copy answer',
  copied: 'Copied',
  newChat: NEW_CHAT,
  notCopied: 'Could not copy',
  copyMessage: 'Copy message',
  regenerate: 'Regenerate',
  readAloud: 'Read aloud',
  stopReading: 'Stop reading',
  edit: 'Edit',
  editMessage: 'Edit message',
  cancel: 'Cancel',
  versions: 'Versions',
  previousVersion: 'Previous version',
  nextVersion: 'Next version',
  version: (/** @type {number} */ at, /** @type {number} */ count) => `Version ${at} of ${count}`,
  versionOf: (/** @type {string} */ turn, /** @type {number} */ at, /** @type {number} */ count) =>
    `${turn}, ${at} of ${count}`,
  reload: 'Reload',
  showAll: 'Show all',
  showLess: 'Show less',
  fileSize: (/** @type {number} */ bytes) =>
    bytes < 1000 ? counted(bytes, 'byte') : `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} KB`,
  thinking: (/** @type {number} */ seconds) => `Thinking… ${seconds} s`,
  notSaved: 'This browser does not let us save conversations. They last until you close this page.',
  storageFull: 'This browser has no more room for conversations: the last messages are not saved.',
  offline: 'Offline',
  online: 'Online again',
  meta: {
    firstText: (/** @type {string} */ seconds) => `${seconds} s to the first word`,
    speed: (/** @type {number} */ rate) => `${rate} t/s`,
    tokens: (/** @type {number} */ count) => counted(count, 'token'),
  },
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
