/** The text of the page within another site. */
export const embedStrings = {
  openInTab: 'Open in its own tab',
  closeChat: 'Close chat',
};
