import { translated } from './translated.js';

/** The text of the sidebar. */
export const sidebarStrings = translated('sidebar', {
  moreFor: (/** @type {string} */ title) => `More for “${title}”`,
  noResults: 'Nothing found',
  periods: {
    pinned: 'Pinned',
    today: 'Today',
    yesterday: 'Yesterday',
    previous7: 'Previous 7 days',
    previous30: 'Previous 30 days',
  },
  answering: 'Answering',
});
