import { counted } from './strings.js';
import { translated } from './translated.js';

/** The text of modules that are loaded on demand. */
export const onDemandStrings = translated('onDemand', {
  conversations: {
    rename: 'Rename',
    export: 'Export',
    exportTitle: (/** @type {string} */ title) => `Export “${title}”`,
    exportMarkdown: 'Markdown, as it is shown',
    sources: 'Sources',
    exportJson: 'JSON, with every version',
    titleField: 'Title',
    pin: 'Pin',
    unpin: 'Unpin',
    remove: 'Delete',
    removed: /** @returns {string} */ () => 'Conversation deleted',
    removedAll: (/** @type {number} */ count) => `${counted(count, 'conversation')} deleted`,
    removedElsewhere: /** @returns {string} */ () =>
      'This conversation was deleted in another tab.',
    undo: 'Undo',
    results: (/** @type {number} */ count) => counted(count, 'result'),
  },
  waiting: {
    name: 'Waiting messages',
    waits: 'Sent after this answer',
    edit: 'Edit',
    remove: 'Remove',
    editText: (/** @type {string} */ text) => `Edit “${text}”`,
    removeText: (/** @type {string} */ text) => `Remove “${text}”`,
    added: 'Your message waits for the end of this answer',
    removed: 'Message removed',
    returned: 'Not sent: your message is in the box again',
  },
  attach: {
    attached: (/** @type {number} */ count) => `${counted(count, 'file')} attached`,
    notText: (/** @type {string} */ name) => `${name} is not a text file.`,
    tooLarge: (/** @type {string} */ name, /** @type {number} */ most) =>
      `${name} is larger than ${most} KB.`,
  },
  keyNames: { control: 'Ctrl', shift: 'Shift', escape: 'Esc' },
  speech: {
    noVoice:
      'Not read aloud: this device has no voice of its own for the language of this browser. Another voice would send the answer to a service.',
  },
  palette: {
    name: 'Commands',
    placeholder: 'Search conversations and commands',
    results: 'Commands and conversations',
    commands: 'Commands',
    conversations: 'Conversations',
    yesterday: 'Yesterday',
    noResults: 'Nothing found',
    resultCount: (/** @type {number} */ count) => counted(count, 'result'),
    sidebar: 'Show or hide the conversations',
    editLast: 'Edit your last message',
    light: 'Light theme',
    dark: 'Dark theme',
    system: 'Use system theme',
  },
  settings: {
    name: 'Settings',
    close: 'Close',
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    instructions: {
      name: 'Instructions for the model',
      all: 'In all conversations',
      here: 'In this conversation',
      placeholder: 'What it should know, and how it should answer',
      count: (/** @type {number} */ length, /** @type {number} */ most) =>
        `${length} of ${most} characters`,
    },
    conversations: 'Conversations',
    exportAll: 'Export all',
    exportFailed: 'The export did not finish.',
    import: 'Import',
    removeAll: 'Delete all',
    confirmRemoval: (/** @type {number} */ count) =>
      `Delete ${count === 1 ? 'the conversation' : `all ${count} conversations`}?`,
    removalScope: 'They are deleted from this browser, also in its other tabs.',
    cancel: 'Cancel',
    spokenAnswers: 'What a screen reader says of an answer',
    spoken: {
      full: 'All of it',
      first: 'Its first sentence',
      complete: 'Only that it is complete',
    },
    keysName: 'Keyboard shortcuts',
    keys: {
      palette: 'Search and commands',
      newChat: 'New chat',
      sidebar: 'Show or hide the conversations',
      stop: 'Close or stop',
      focusMessage: 'Focus message box',
      editLast: 'Edit your last message, while the box is empty',
      settings: 'Settings and keyboard shortcuts',
    },
  },
});
