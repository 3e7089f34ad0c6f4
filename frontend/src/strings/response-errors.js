import { translated } from './translated.js';

/** The text of errors that are not the gateway's, or that hide their cause. */
export const responseErrors = translated('responseErrors', {
  unauthorised: 'Cannot reach the chat service (authorisation required).',
  originNotAllowed: 'This environment is not authorised to use the chat service.',
  tooLong: 'This conversation is too long. Please start a new one.',
  rateLimited: 'Too many requests. Please wait a moment and try again.',
  overloaded: 'The chat service is busy. Please try again in a moment.',
  timeout: 'The model is taking too long—please try again.',
});
