import { counted } from './strings.js';

/** The text of modules that are loaded on demand. */
export const onDemandStrings = {
  conversations: {
    rename: 'Rename',
    export: 'Export',
    exportTitle: (/** @type {string} */ title) => `Export “${title}”`,
    exportMarkdown: 'Markdown, as it is shown',
    exportJson: 'JSON, with every version',
    titleField: 'Title',
    pin: 'Pin',
    unpin: 'Unpin',
    remove: 'Delete',
    removed: 'Conversation deleted',
    removedElsewhere: 'This conversation was deleted in another tab.',
    undo: 'Undo',
    results: (/** @type {number} */ count) => counted(count, 'result'),
  },
  attach: {
    attached: (/** @type {number} */ count) => `${counted(count, 'file')} attached`,
    notText: (/** @type {string} */ name) => `${name} is not a text file.`,
    tooLarge: (/** @type {string} */ name, /** @type {number} */ most) =>
      `${name} is larger than ${most} KB.`,
  },
  palette: {
    name: 'Commands',
    placeholder: 'Search conversations and commands',
    results: 'Commands and conversations',
    noResults: 'Nothing found',
    resultCount: (/** @type {number} */ count) => counted(count, 'result'),
    sidebar: 'Show or hide the conversations',
    editLast: 'Edit your last message',
    light: 'Light theme',
    dark: 'Dark theme',
    system: 'Theme as the system',
  },
  settings: {
    name: 'Settings',
    close: 'Close',
    conversations: 'Conversations',
    exportAll: 'Export all',
    import: 'Import',
    spokenAnswers: 'What a screen reader says of an answer',
    spoken: {
      full: 'All of it',
      first: 'Its first sentence',
      complete: 'Only that it is complete',
    },
    keysName: 'Keys',
    keys: {
      palette: 'Search and commands',
      newChat: 'New chat',
      sidebar: 'Show or hide the conversations',
      stop: 'Close what is open, or stop the answer',
      focusMessage: 'To the message field',
      editLast: 'Edit your last message, while the field is empty',
      settings: 'Settings and keys',
    },
  },
};
