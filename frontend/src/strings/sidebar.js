/** The text of the sidebar. */
export const sidebarStrings = {
  moreFor: (/** @type {string} */ title) => `More for “${title}”`,
  noResults: 'Nothing found',
  pinned: 'Pinned',
  today: 'Today',
  yesterday: 'Yesterday',
  answering: 'Answering',
};
