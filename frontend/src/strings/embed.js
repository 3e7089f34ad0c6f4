import { translated } from './translated.js';

/** The text of the page within another site. */
export const embedStrings = translated('embed', {
  openInTab: 'Open in its own tab',
  closeChat: 'Close chat',
});
