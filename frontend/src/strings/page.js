import { HINT_SEND, NEW_CHAT, SEND } from './shared.js';

/** The text of index.html, filled in at build time. A script of another language replaces it. */
export const pageStrings = {
  language: 'en',
  direction: 'ltr',
  name: 'Minimal Chatbot',
  shortName: 'Chat',
  description: 'A small, quick chat. Conversations stay in this browser.',
  conversations: 'Conversations',
  conversation: 'Conversation',
  newChat: NEW_CHAT,
  search: 'Search',
  searchConversations: 'Search conversations',
  settings: 'Settings',
  greeting: 'What can I help with?',
  latest: 'Latest',
  message: 'Message',
  messagePlaceholder: 'Ask anything',
  attach: 'Attach text files',
  send: SEND,
  hint: {
    sendKey: 'Enter',
    send: HINT_SEND,
    lineKey: 'Shift+Enter',
    line: 'for a new line',
  },
  suggestions: 'Suggestions',
  suggestionTexts: [
    'What can you do?',
    'Compare tea and coffee in a table',
    'Write a haiku about streams',
  ],
  privacy: 'Conversations stay in this browser.',
  disclosure: '{{title}} is an AI and can be wrong.',
  disclosureProvider: 'Messages go to {{provider}}.',
  notices: {
    notLoaded: 'A part of this page could not be loaded.',
    offline: 'You are offline. What you write is kept.',
    cleared: 'This browser has cleared the conversations that were saved in it.',
    noScript: 'This chat runs in the browser and needs JavaScript.',
  },
};
