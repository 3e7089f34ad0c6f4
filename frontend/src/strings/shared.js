/** English text that stands in index.html and is also set by scripts. */
export const NEW_CHAT = 'New chat';
export const SEND = 'Send';
export const HINT_SEND = 'to send';
